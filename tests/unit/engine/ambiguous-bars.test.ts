import { describe, expect, test } from 'vitest';
import type { Bracket } from '../../../src/runtime/sdk/orders.ts';
import { at, type Context, daily, endings, type Row, run, type Script, told } from '../../helpers/engine.ts';

/** Fills of the pessimistic and of the optimistic run. */
function both(play: Script, rows: readonly Row[], options: object = {}): [worst: string[], best: string[]] {
  const fills = (['worst', 'best'] as const).map(rule =>
    told(run(play, daily([at(100), ...rows]), { ambiguousBars: rule, allowShort: true, ...options }).fills),
  );
  return [fills[0]!, fills[1]!];
}

const entered = (place: (order: Context['order'], bracket: Bracket) => unknown, bracket: Bracket): Script => ({
  0: ({ order }) => place(order, bracket),
});
const SIDES: Bracket = { stopLoss: 95, takeProfit: 105 };

describe('a bar that reaches both sides of a bracket', () => {
  test.each<[position: string, play: Script, bar: Row, worst: string, best: string]>([
    [
      'long',
      entered((order, sides) => order.market(10, sides), SIDES),
      [100, 106, 94, 100],
      '2: -10 @ 95',
      '2: -10 @ 105',
    ],
    [
      'short',
      entered((order, sides) => order.market(-10, sides), { stopLoss: 105, takeProfit: 95 }),
      [100, 106, 94, 100],
      '2: +10 @ 105',
      '2: +10 @ 95',
    ],
    [
      'a trailing stop',
      entered((order, sides) => order.market(10, sides), { stopLoss: { trail: 5 }, takeProfit: 105 }),
      [100, 106, 94, 100],
      '2: -10 @ 95',
      '2: -10 @ 105',
    ],
    [
      'a gap past the stop is not in doubt',
      entered((order, sides) => order.market(10, sides), SIDES),
      [94, 106, 94, 100],
      '2: -10 @ 94',
      '2: -10 @ 94',
    ],
  ])('%s', (_, play, bar, worst, best) => {
    const fills = both(play, [at(100), bar]);
    expect(fills.map(each => each[1])).toEqual([worst, best]);
  });

  test('entered at its own open, too', () => {
    const play = entered((order, sides) => order.market(10, sides), SIDES);
    const [worst, best] = both(play, [[100, 106, 94, 100]]);
    expect([worst[1], best[1]]).toEqual(['1: -10 @ 95', '1: -10 @ 105']);
  });

  test('of an order pair, one cancels the other: the limit instead of the stop', () => {
    const play: Script = { 0: ({ order }) => order.oneCancelsOther(order.limit(10, 98), order.stop(10, 102)) };
    expect(both(play, [[100, 103, 97, 100]])).toEqual([['1: +10 @ 102'], ['1: +10 @ 98']]);
  });

  test('of an order pair of which only one reduces the position, too', () => {
    const play: Script = {
      0: ({ order }) => order.market(10),
      1: ({ order }) => order.oneCancelsOther(order.limit(-10, 105), order.stop(10, 102)),
    };
    const [worst, best] = both(play, [at(100), [100, 106, 99, 104]]);
    expect([worst[1], best[1]]).toEqual(['2: +10 @ 102', '2: -10 @ 105']);
    const stops: Script = { ...play, 1: ({ order }) => order.oneCancelsOther(order.stop(10, 102), order.stop(-5, 98)) };
    expect(both(stops, [at(100), [100, 103, 97, 100]]).map(each => each[1])).toEqual(['2: +10 @ 102', '2: +10 @ 102']);
  });

  test('both runs count the bar, and mark the fill', () => {
    const play = entered((order, sides) => order.market(10, sides), SIDES);
    for (const ambiguousBars of ['worst', 'best'] as const) {
      const { record, fills, orders } = run(play, daily([at(100), at(100), [100, 106, 94, 100]]), { ambiguousBars });
      expect(record.ambiguousBars).toBe(1);
      expect(fills[1]!.flags).toEqual(['ambiguous']);
      expect(endings(orders).slice(1)).toEqual(
        ambiguousBars === 'best'
          ? ['limit filled', 'stop cancelled, other-filled']
          : ['stop filled', 'limit cancelled, other-filled'],
      );
    }
  });
});

describe('a bar that reaches a side of what was entered inside it', () => {
  const byStop = entered((order, sides) => order.stop(10, 102, sides), { stopLoss: 97, takeProfit: 105 });
  const byLimit = entered((order, sides) => order.limit(10, 98, sides), SIDES);

  // The entry is at 102, on the way up from 100, or at 98, on the way down.
  test.each<[what: string, play: Script, bar: Row, worst: string | undefined, best: string | undefined]>([
    ['the target', byStop, [100, 106, 100, 104], undefined, '1: -10 @ 105'],
    ['the stop, but price came from there', byStop, [100, 103, 96, 102], '1: -10 @ 97', undefined],
    ['the stop, and the close is beyond it', byStop, [100, 103, 96, 96.5], '1: -10 @ 97', '1: -10 @ 97'],
    ['both', byStop, [100, 106, 96, 100], '1: -10 @ 97', '1: -10 @ 105'],
    ['both, and the close is beyond the stop', byStop, [100, 106, 96, 96.5], '1: -10 @ 97', '1: -10 @ 105'],
    ['of a limit: the target, which price may have come from', byLimit, [100, 106, 97, 100], undefined, '1: -10 @ 105'],
    ['of a limit: the stop lies behind the entry', byLimit, [100, 101, 94, 100], '1: -10 @ 95', '1: -10 @ 95'],
  ])('%s', (_, play, bar, worst, best) => {
    const fills = both(play, [bar]);
    expect(fills.map(each => each[1])).toEqual([worst, best]);
  });

  test('mirrored for a short entry', () => {
    const play = entered((order, sides) => order.stop(-10, 98, sides), { stopLoss: 103, takeProfit: 95 });
    expect(both(play, [[100, 104, 97, 98]])).toEqual([['1: -10 @ 98', '1: +10 @ 103'], ['1: -10 @ 98']]);
  });

  test('a target that price is past already fills in the bar, not beyond it', () => {
    const play = entered((order, sides) => order.stop(10, 102, sides), { takeProfit: 90 });
    expect(both(play, [[100, 103, 99, 102]])).toEqual([['1: +10 @ 102'], ['1: +10 @ 102', '1: -10 @ 99']]);
  });

  test('a stop on the wrong side of the entry is hit at once, whatever the rule', () => {
    const play = entered((order, sides) => order.stop(10, 102, sides), { stopLoss: 105, takeProfit: 106 });
    const fills = ['1: +10 @ 102', '1: -10 @ 102'];
    expect(both(play, [[100, 104, 99, 103]])).toEqual([fills, fills]);
    expect(both(play, [[100, 107, 99, 103]])).toEqual([fills, fills]);
  });

  test.each([
    ['a target that price comes to after the entry makes', 105, 0.0002 * 1050],
    ['one that price is past takes', 101, 0.0005 * 1010],
  ])('%s', (_, takeProfit, expected) => {
    const play = entered((order, sides) => order.stop(10, 102, sides), { takeProfit });
    const options = { ambiguousBars: 'best', fee: { kind: 'maker-taker', maker: 0.0002, taker: 0.0005 } } as const;
    const { fills } = run(play, daily([at(100), [100, 106, 100, 104]]), options);
    expect(fills[1]!.fee).toBeCloseTo(expected, 9);
  });

  test('a side that did not fill lives on', () => {
    const [, best] = both(byStop, [
      [100, 103, 96, 102],
      [102, 102, 96, 97],
    ]);
    expect(best).toEqual(['1: +10 @ 102', '2: -10 @ 97']);
  });
});

test('where no bar is in doubt the two runs are the same', () => {
  const play = entered((order, sides) => order.market(10, sides), SIDES);
  const [worst, best] = both(play, [at(100), [100, 104, 96, 100], [100, 106, 99, 105]]);
  expect(worst).toEqual(best);
  expect(worst).toEqual(['1: +10 @ 100', '3: -10 @ 105']);
});
