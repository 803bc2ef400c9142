import { expect, test } from 'vitest';
import { at, daily, endings, type Row, run, type Script, told } from '../../helpers/engine.ts';

/** Ten held since bar 1; a trailing stop for them is given at the close of bar 1, at 100. */
const behindLong = (trail: { amount: number } | { fraction: number }, rows: readonly Row[]) =>
  run(
    { 0: ({ order }) => order.market(10), 1: ({ order }) => order.trailingStop(-10, trail) },
    daily([at(100), at(100), ...rows]),
  );

test.each<[rule: string, trail: { amount: number } | { fraction: number }, rows: Row[], expected: string[]]>([
  ['starts from the close that it was given at', { amount: 5 }, [[99, 99, 95, 96]], ['2: -10 @ 95']],
  ['is not reached', { amount: 5 }, [[99, 99, 95.1, 96]], []],
  ['a gap fills at the open', { amount: 5 }, [[93, 94, 92, 93]], ['2: -10 @ 93']],
  ['a fraction that is undefined is none', { amount: 5, fraction: undefined }, [[93, 94, 92, 93]], ['2: -10 @ 93']],
  [
    'the high of a bar moves it for the next bar, not for its own',
    { amount: 5 },
    [
      [100, 110, 100, 104],
      [106, 107, 104, 105],
    ],
    ['3: -10 @ 105'],
  ],
  [
    'the highest high counts, not the last',
    { amount: 5 },
    [
      [100, 110, 106, 107],
      [107, 108, 106, 107],
      [107, 107, 104, 105],
    ],
    ['4: -10 @ 105'],
  ],
  [
    'never moves back',
    { amount: 5 },
    [
      [99, 100, 96, 97],
      [97, 98, 94, 95],
    ],
    ['3: -10 @ 95'],
  ],
  [
    'a fraction of the best price',
    { fraction: 0.1 },
    [
      [100, 120, 100, 119],
      [119, 119, 107, 108],
    ],
    ['3: -10 @ 108'],
  ],
])('%s', (_, trail, rows, expected) => {
  expect(told(behindLong(trail, rows).fills).slice(1)).toEqual(expected);
});

test.each<[rule: string, trail: { amount: number } | { fraction: number }, rows: Row[], expected: string[]]>([
  [
    'follows the lows down',
    { amount: 5 },
    [
      [100, 100, 90, 92],
      [92, 96, 91, 95],
    ],
    ['3: +10 @ 95'],
  ],
  [
    'a fraction above the lowest price',
    { fraction: 0.1 },
    [
      [100, 100, 80, 81],
      [81, 89, 80, 88],
    ],
    ['3: +10 @ 88'],
  ],
])('behind a short position: %s', (_, trail, rows, expected) => {
  const play: Script = {
    0: ({ order }) => order.market(-10),
    1: ({ order }) => order.trailingStop(10, trail),
  };
  const { fills } = run(play, daily([at(100), at(100), ...rows]), { allowShort: true });
  expect(told(fills).slice(1)).toEqual(expected);
});

test('the strategy sees the present level, and the record keeps the last', () => {
  const levels: number[] = [];
  const { orders } = run(
    ({ bar, order }) => {
      if (bar.index === 0) order.trailingStop(-10, { amount: 5 });
      for (const { stop } of order.open) levels.push(stop);
    },
    daily([at(100), [100, 107, 100, 106], [106, 106, 104, 105]]),
  );
  expect(levels).toEqual([95, 102, 102]);
  expect(orders).toMatchObject([{ stop: 102, limit: Number.NaN }]);
  expect(endings(orders)).toEqual(['trailing-stop open, run-ended']);
});
