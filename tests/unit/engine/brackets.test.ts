import { describe, expect, test } from 'vitest';
import type { Bracket } from '../../../src/runtime/index.ts';
import { at, type Context, daily, endings, type Row, run, type Script, told } from '../../helpers/engine.ts';

const SIDES: Bracket = { stopLoss: 95, takeProfit: 105 };
/** Ten bought at the open of bar 1, with a bracket. */
const atOpen = (rows: readonly Row[], bracket = SIDES) =>
  run({ 0: ({ order }) => order.market(10, bracket) }, daily([at(100), ...rows]));
/** Ten bought inside bar 1, at the limit of 99. */
const inside = (rows: readonly Row[], bracket = SIDES) =>
  run({ 0: ({ order }) => order.limit(10, 99, bracket) }, daily([at(100), ...rows]));

describe('in a bar after the entry', () => {
  test.each<[rule: string, bar: Row, expected: string, ambiguousBars: number]>([
    ['the target is reached', [100, 106, 99, 105], '2: -10 @ 105', 0],
    ['the stop is reached', [100, 101, 94, 96], '2: -10 @ 95', 0],
    ['both are reached: the stop, and the bar is counted', [100, 106, 94, 100], '2: -10 @ 95', 1],
    ['a gap through the stop: at the open', [90, 92, 89, 91], '2: -10 @ 90', 0],
    ['a gap through the target: at the open', [110, 111, 108, 109], '2: -10 @ 110', 0],
    ['a gap through the stop, then the target: the open came first', [90, 106, 89, 100], '2: -10 @ 90', 0],
    ['a gap through the target, then the stop: the open came first', [110, 111, 94, 100], '2: -10 @ 110', 0],
  ])('%s', (_, bar, expected, ambiguousBars) => {
    const { fills, record } = atOpen([at(100), bar]);
    expect(told(fills)).toEqual(['1: +10 @ 100', expected]);
    expect(record.ambiguousBars).toBe(ambiguousBars);
    expect(fills[1]!.flags).toEqual(ambiguousBars === 1 ? ['ambiguous'] : []);
  });

  test('when one side fills, the other ends; both know their parent', () => {
    const { orders } = atOpen([at(100), [100, 106, 99, 105]]);
    expect(endings(orders)).toEqual(['market filled', 'limit filled', 'stop cancelled, other-filled']);
    expect(orders.map(({ id, parent }) => [id, parent])).toEqual([
      [1, Number.NaN],
      [3, 1],
      [2, 1],
    ]);
  });

  test('a bar counts once, however many brackets it leaves open to doubt', () => {
    const two = ({ order }: Context) => {
      order.market(10, SIDES);
      order.market(5, SIDES);
    };
    const { fills, record } = run({ 0: two }, daily([at(100), at(100), [100, 106, 94, 100]]));
    expect(told(fills).slice(2)).toEqual(['2: -10 @ 95', '2: -5 @ 95']);
    expect(record.ambiguousBars).toBe(1);
  });
});

test.each<[rule: string, bracket: Bracket, farSides: number]>([
  ['a fraction where a price belongs', { stopLoss: 0.05, takeProfit: 105 }, 1],
  ['fractions on both sides', { stopLoss: 0.05, takeProfit: 0.1 }, 2],
  ['a target that the market never sees', { stopLoss: 95, takeProfit: 1001 }, 1],
  ['far, but a price', { stopLoss: 10, takeProfit: 1000 }, 0],
  ['a distance', { stopLoss: { trail: 0.05 }, takeProfit: { offset: 0.1 } }, 0],
])('sides far from the market are counted: %s', (_, bracket, farSides) => {
  expect(atOpen([at(100)], bracket).record.farSides).toBe(farSides);
});

describe('a key without a value counts as absent', () => {
  test.each<[rule: string, bracket: object, bars: Row[], expected: string]>([
    ['a trail', { stopLoss: { trail: undefined, offset: 5 } }, [[100, 103, 94, 96]], '1: -10 @ 95'],
    ['an offset', { stopLoss: { trail: 5, offset: undefined } }, [[100, 103, 99, 102], at(97)], '2: -10 @ 97'],
    ['a trail of a target', { takeProfit: { trail: undefined, offset: 5 } }, [[100, 106, 99, 105]], '1: -10 @ 105'],
    ['a side', { stopLoss: undefined, takeProfit: 105 }, [[100, 106, 90, 105]], '1: -10 @ 105'],
  ])('%s', (_, bracket, bars, expected) => {
    expect(told(atOpen(bars, bracket).fills)).toEqual(['1: +10 @ 100', expected]);
  });
});

describe('in the bar of the entry', () => {
  test.each<[rule: string, bar: Row, expected: string[], ambiguousBars: number]>([
    ['the target may fill', [100, 106, 99, 105], ['1: -10 @ 105'], 0],
    ['the stop may fill', [100, 101, 94, 96], ['1: -10 @ 95'], 0],
    ['both reached: the stop', [100, 106, 94, 100], ['1: -10 @ 95'], 1],
  ])('entered at the open: %s', (_, bar, expected, ambiguousBars) => {
    const { fills, record } = atOpen([bar]);
    expect(told(fills)).toEqual(['1: +10 @ 100', ...expected]);
    expect(record.ambiguousBars).toBe(ambiguousBars);
  });

  test.each<[rule: string, bar: Row, expected: string]>([
    ['a gap through the stop, then the target', [90, 106, 89, 100], '1: -10 @ 90'],
    ['a gap through the target, then the stop', [110, 111, 94, 100], '1: -10 @ 110'],
  ])('entered at the open, which came first: %s', (_, bar, expected) => {
    for (const kind of ['market', 'targetQuantity'] as const) {
      for (const ambiguousBars of ['worst', 'best'] as const) {
        const play: Script = { 0: ({ order }) => void order[kind](10, SIDES) };
        const { fills, record } = run(play, daily([at(100), bar]), { ambiguousBars });
        expect(told(fills)[1]).toBe(expected);
        expect(record.ambiguousBars).toBe(0);
        expect(fills[1]!.flags).toEqual([]);
      }
    }
  });

  test('what its own open hits goes before older orders that fill inside', () => {
    const play: Script = {
      0: ({ order }) => {
        order.stop(-10, 95);
        order.market(10, { stopLoss: 105 });
      },
    };
    const { fills, orders } = run(play, daily([at(100), [100, 101, 94, 95]]));
    expect(told(fills)).toEqual(['1: +10 @ 100', '1: -10 @ 100']);
    expect(endings(orders)).toEqual(['market filled', 'stop filled', 'stop rejected, short-not-allowed']);
  });

  test.each<[rule: string, rows: Row[], expected: string[], ambiguousBars: number]>([
    ['the stop may fill', [[100, 101, 94, 96]], ['1: -10 @ 95'], 1],
    ['the target may not: price was there before, for all one knows', [[100, 106, 98, 104]], [], 1],
    ['both reached: the stop', [[100, 106, 94, 104]], ['1: -10 @ 95'], 1],
    [
      'the target fills in the next bar',
      [
        [100, 106, 98, 104],
        [104, 106, 103, 105],
      ],
      ['2: -10 @ 105'],
      1,
    ],
    ['neither reached', [[100, 101, 98, 100]], [], 0],
  ])('entered inside the bar: %s', (_, rows, expected, ambiguousBars) => {
    const { fills, record } = inside(rows);
    expect(told(fills)).toEqual(['1: +10 @ 99', ...expected]);
    expect(record.ambiguousBars).toBe(ambiguousBars);
  });

  test('entered at the close: both wait for the next bar', () => {
    const play: Script = { 0: ({ order }) => order.marketOnClose(10, SIDES) };
    const { fills } = run(play, daily([at(100), [100, 106, 94, 100], [100, 101, 94, 100]]));
    expect(told(fills)).toEqual(['1: +10 @ 100', '2: -10 @ 95']);
  });

  test.each<[rule: string, bar: Row, expected: string[]]>([
    ['at the next open, if it still is', [102, 103, 101, 102], ['2: -10 @ 102']],
    ['as any stop, if the next open is above it', [106, 107, 104, 105], ['2: -10 @ 105']],
    ['not, if the next bar stays above it', [106, 107, 105.5, 106], []],
  ])('entered at the close, a stop on the wrong side of it is hit %s', (_, bar, expected) => {
    const play: Script = { 0: ({ order }) => order.marketOnClose(10, { stopLoss: 105 }) };
    const { fills } = run(play, daily([at(100), at(100), bar]));
    expect(told(fills)).toEqual(['1: +10 @ 100', ...expected]);
  });
});

describe('where the sides stand', () => {
  test.each<[rule: string, bracket: Bracket, rows: Row[], expected: string]>([
    ['a stop at a distance from the fill', { stopLoss: { offset: 5 } }, [at(103), [103, 103, 97, 99]], '2: -10 @ 98'],
    [
      'a target at a distance from the fill',
      { takeProfit: { offset: 7 } },
      [at(103), [103, 111, 103, 104]],
      '2: -10 @ 110',
    ],
    ['a trailing stop starts at the fill', { stopLoss: { trail: 5 } }, [at(103), [103, 103, 97, 99]], '2: -10 @ 98'],
    [
      'and follows the highs, of the bar of an entry at the open too',
      { stopLoss: { trail: 5 } },
      [
        [100, 110, 100, 107],
        [107, 107, 104, 106],
      ],
      '2: -10 @ 105',
    ],
    [
      'a stop beyond the entry is hit at once, at the price of the entry',
      { stopLoss: 105 },
      [[100, 101, 99, 100]],
      '1: -10 @ 100',
    ],
    ['a target below the entry is reached at once', { takeProfit: 95 }, [[100, 101, 99, 100]], '1: -10 @ 100'],
    ['a gap of the entry through its stop', { stopLoss: 95 }, [[90, 96, 89, 95]], '1: -10 @ 90'],
  ])('%s', (_, bracket, rows, expected) => {
    expect(told(atOpen(rows, bracket).fills)[1]).toBe(expected);
  });

  test('a trailing stop of an entry inside its bar knows only the close: the high may have come before', () => {
    const rows: Row[] = [
      [100, 110, 98, 104],
      [104, 105, 98.5, 100],
    ];
    expect(told(inside(rows, { stopLoss: { trail: 5 } }).fills)[1]).toBe('2: -10 @ 99');
  });

  test('of a short position: mirrored', () => {
    const play: Script = { 0: ({ order }) => order.market(-10, { stopLoss: { offset: 5 }, takeProfit: 90 }) };
    const shorted = (bar: Row) => told(run(play, daily([at(100), at(100), bar]), { allowShort: true }).fills)[1];
    expect(shorted([100, 106, 99, 100])).toBe('2: +10 @ 105');
    expect(shorted([100, 101, 89, 100])).toBe('2: +10 @ 90');
    expect(shorted([100, 106, 89, 100])).toBe('2: +10 @ 105');
  });

  test('slippage of the entry never puts a side outside the bar', () => {
    const fill = (bracket: Bracket) =>
      run({ 0: ({ order }) => order.stop(10, 105, bracket) }, daily([at(100), [100, 105.2, 99, 104]]), {
        slippage: { kind: 'fixed', perUnit: 2 },
      })
        .fills.slice(1)
        .map(({ price, slippage, quantity }) => price - slippage / quantity);
    expect(fill({ stopLoss: 106 })).toEqual([105]);
    expect(fill({ stopLoss: { offset: 1 } })).toEqual([105]);
    expect(fill({ stopLoss: { trail: 1 } })).toEqual([104]);
  });
});
