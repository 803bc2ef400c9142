import { describe, expect, test } from 'vitest';
import type { Bracket } from '../../../src/runtime/sdk/orders.ts';
import { at, type Context, daily, endings, intraday, run, type Script, told } from '../../helpers/engine.ts';

describe('with a cap of half of a bar', () => {
  const capped = { maxParticipation: 0.5 };

  test('a fill takes its share, the rest stays live', () => {
    const { fills, orders } = run(
      { 0: ({ order }) => order.market(10) },
      daily([at(100), at(101, 8), at(102, 8), at(103, 8)]),
      capped,
    );
    expect(told(fills)).toEqual(['1: +4 @ 101', '2: +4 @ 102', '3: +2 @ 103']);
    expect(orders).toMatchObject([{ state: 'filled', filled: 10 }]);
    expect(fills.map(({ order }) => order)).toEqual([1, 1, 1]);
  });

  test('all orders of a bar share it, the older first', () => {
    const two = ({ order }: Context) => {
      order.market(3);
      order.market(3);
    };
    const { fills } = run({ 0: two }, daily([at(100), at(100, 8), at(100, 8)]), capped);
    expect(told(fills)).toEqual(['1: +3 @ 100', '1: +1 @ 100', '2: +2 @ 100']);
  });

  test('what rounding leaves of it fills nothing', () => {
    // 100 - 10 - 86.35 - 3.65 leaves 5.8e-15.
    const four = ({ order }: Context) => [10, 86.35, 3.65, 5].forEach(quantity => void order.market(quantity));
    const { fills } = run({ 0: four }, daily([at(100), at(100, 200), at(101)]), capped);
    expect(told(fills)).toEqual(['1: +10 @ 100', '1: +86.35 @ 100', '1: +3.65 @ 100', '2: +5 @ 101']);
  });

  test.each<[rule: string, place: (context: Context) => void]>([
    ['stop', ({ order }) => order.stop(10, 102)],
    ['trailing stop', ({ order }) => order.trailingStop(10, { amount: 2 })],
  ])('what is left of a %s that was reached is a market order', (_, place) => {
    // Price falls back under the stop; the bar that reaches it first has no volume at all.
    const bars = daily([at(100), [100, 103, 100, 101, 0], at(100, 8), at(101, 100)]);
    expect(told(run({ 0: place }, bars, capped).fills)).toEqual(['2: +4 @ 100', '3: +6 @ 101']);
  });

  test('a stop of a bracket that was reached sells the rest, its target ends with it', () => {
    const bars = daily([at(100), at(100), [100, 100, 94, 96, 8], [97, 99, 96, 98], [98, 106, 98, 98]]);
    const play: Script = { 0: ({ order }) => order.market(10, { stopLoss: 95, takeProfit: 105 }) };
    const { fills, orders } = run(play, bars, capped);
    expect(told(fills)).toEqual(['1: +10 @ 100', '2: -4 @ 95', '3: -6 @ 97']);
    expect(endings(orders)).toEqual(['market filled', 'stop filled', 'limit cancelled, other-filled']);
  });

  test('a bar that lets nothing fill is not ambiguous', () => {
    const bars = daily([at(100), at(100), [100, 106, 94, 100, 0], at(100)]);
    const play: Script = { 0: ({ order }) => order.market(10, { stopLoss: 95, takeProfit: 105 }) };
    const { fills, record } = run(play, bars, capped);
    expect(told(fills)).toEqual(['1: +10 @ 100', '3: -10 @ 100']);
    expect(record.ambiguousBars).toBe(0);
  });

  test.each<[side: string, bracket: Bracket, ambiguousBars: number]>([
    ['stop, which may have been hit', { stopLoss: 95 }, 1],
    ['target, which cannot fill', { takeProfit: 105 }, 0],
  ])('an entry inside the bar that takes all of its volume leaves it in doubt about a %s', (_, bracket, expected) => {
    const play: Script = { 0: ({ order }) => order.limit(4, 98, bracket) };
    const { record } = run(play, daily([at(100), [100, 106, 94, 100, 8]]), capped);
    expect(record.ambiguousBars).toBe(expected);
  });

  test('a bar without volume fills nothing', () => {
    const { fills } = run({ 0: ({ order }) => order.market(1) }, daily([at(100), at(100, 0), at(101, 2)]), capped);
    expect(told(fills)).toEqual(['2: +1 @ 101']);
  });

  test('the share is floored to the lot', () => {
    const bars = daily([at(100), at(100, 9), at(100, 9)], { product: { lot: 2 } });
    expect(told(run({ 0: ({ order }) => order.market(6) }, bars, capped).fills)).toEqual([
      '1: +4 @ 100',
      '2: +2 @ 100',
    ]);
  });

  test('a target keeps the quantity of its first fill until it has it', () => {
    const bars = daily([at(100), at(100, 1200), at(200, 1200), at(300, 1200)]);
    const { fills, orders } = run({ 0: ({ order }) => order.target(0.8) }, bars, capped);
    expect(told(fills)).toEqual(['1: +600 @ 100', '2: +200 @ 200']);
    expect(orders).toMatchObject([{ kind: 'target', state: 'filled', quantity: 800, target: 0.8 }]);
  });

  test('a part that cannot be paid any more is rejected; what filled stays', () => {
    const bars = daily([at(100), at(100, 1200), at(200, 1200)]);
    const { fills, orders } = run({ 0: ({ order }) => order.target(1) }, bars, capped);
    expect(told(fills)).toEqual(['1: +600 @ 100']);
    expect(orders).toMatchObject([{ state: 'rejected', reason: 'buying-power', quantity: 1000, filled: 600 }]);
  });

  test('a later target replaces what is left of an earlier one', () => {
    const play: Script = { 0: ({ order }) => order.target(0.8), 1: ({ order }) => order.target(0) };
    const { fills, orders } = run(play, daily([at(100), at(100, 1200), at(100, 1200), at(100, 1200)]), capped);
    expect(told(fills)).toEqual(['1: +600 @ 100', '2: -600 @ 100']);
    expect(endings(orders)).toEqual(['target cancelled, replaced', 'target filled']);
  });
});

describe('without a cap', () => {
  const share = (quantity: number, volume: number) =>
    run({ 0: ({ order }) => order.market(quantity) }, daily([at(100), at(100, volume)])).fills.map(
      ({ flags }) => flags,
    );

  test('more than a tenth of a bar is flagged', () => {
    expect(share(11, 100)).toEqual([['largeShare']]);
    expect(share(10, 100)).toEqual([[]]);
  });

  test('data without volume say nothing', () => {
    expect(share(10, 0)).toEqual([[]]);
  });

  test('intraday bars are measured each for itself', () => {
    const bars = intraday(60, [[at(100), at(100, 1000), at(100, 50)]]);
    const play: Script = { 0: ({ order }) => order.market(10), 1: ({ order }) => order.market(-10) };
    expect(run(play, bars).fills.map(({ flags }) => flags)).toEqual([[], ['largeShare']]);
  });
});
