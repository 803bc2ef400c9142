import { describe, expect, test } from 'vitest';
import type { FeeModel, RunOptions } from '../../../src/runtime/engine/run-options.ts';
import { at, type Context, daily, endings, run, type Script, told } from '../../helpers/engine.ts';

/** One of each kind that a fill pays. */
const FEES: readonly FeeModel[] = [
  { kind: 'none' },
  { kind: 'rate', rate: 0.0007 },
  { kind: 'fixed', perFill: 10 },
  { kind: 'per-share', perShare: 0.01, min: 5 },
];

const prices = (...values: number[]) => daily(values.map(value => at(value)));

describe('target', () => {
  test.each<
    [rule: string, play: Script | ((context: Context) => void), data: ReturnType<typeof daily>, expected: string[]]
  >([
    ['is sized at the price of its fill', { 0: ({ order }) => order.target(1) }, prices(50, 100), ['1: +1000 @ 100']],
    ['a fraction', { 0: ({ order }) => order.target(0.25) }, prices(50, 100), ['1: +250 @ 100']],
    [
      '0 closes',
      { 0: ({ order }) => order.target(1), 1: ({ order }) => order.target(0) },
      prices(1, 100, 110),
      ['1: +1000 @ 100', '2: -1000 @ 110'],
    ],
    ['unchanged: drift is not traded', ({ order }) => order.target(0.5), prices(1, 100, 200, 400), ['1: +500 @ 100']],
    ['0 at the start: nothing to do', ({ order }) => order.target(0), prices(1, 1), []],
    [
      'rebalance trades drift back',
      ({ order }) => order.target(0.5, { rebalance: true }),
      prices(1, 100, 200),
      ['1: +500 @ 100', '2: -125 @ 200'],
    ],
    [
      'another fraction trades the difference',
      { 0: ({ order }) => order.target(0.5), 1: ({ order }) => order.target(0.75) },
      prices(1, 100, 100),
      ['1: +500 @ 100', '2: +250 @ 100'],
    ],
    [
      'a later one replaces one that waits',
      {
        0: ({ order }) => {
          order.target(1);
          order.target(0.5);
        },
      },
      prices(1, 100),
      ['1: +500 @ 100'],
    ],
  ])('%s', (_, play, data, expected) => {
    expect(told(run(play, data).fills)).toEqual(expected);
  });

  test('unchanged places no order at all; a replaced one is listed', () => {
    const twice = ({ order }: Context) => {
      order.target(1);
      order.target(1);
    };
    expect(endings(run({ 0: twice }, prices(1, 100)).orders)).toEqual(['target filled']);
    const other = ({ order }: Context) => {
      order.target(1);
      order.target(0.5);
    };
    expect(endings(run({ 0: other }, prices(1, 100)).orders)).toEqual(['target cancelled, replaced', 'target filled']);
  });

  test.each(FEES)('all in, rebalanced on every bar, trades no dust: $kind', fee => {
    const play = ({ order }: Context) => order.target(1, { rebalance: true });
    for (let path = 0; path < 40; path++) {
      const walk = Array.from({ length: 12 }, (_, bar) => 100 + ((path * 37 + bar * 61) % 97) / 3);
      const { fills, orders } = run(play, prices(...walk), { fee });
      expect(fills).toHaveLength(1);
      expect(orders.slice(1, -1).every(({ reason }) => reason === 'nothing-to-do')).toBe(true);
    }
  });

  test.each<[rule: string, between: (context: Context) => void, expected: string[]]>([
    ['nothing in between: no trade', () => {}, ['1: +500 @ 100']],
    ['a fill of another order', ({ order }) => order.market(100), ['1: +500 @ 100', '2: +100 @ 100', '3: -200 @ 200']],
    ['an order that never fills', ({ order }) => order.limit(10, 1), ['1: +500 @ 100', '3: -125 @ 200']],
    ['the end of all orders', ({ order }) => order.cancelAll(), ['1: +500 @ 100', '3: -125 @ 200']],
  ])('the same target trades again after %s', (_, between, expected) => {
    const half = ({ order }: Context) => order.target(0.5);
    expect(told(run({ 0: half, 1: between, 2: half }, prices(1, 100, 100, 200)).fills)).toEqual(expected);
  });

  test('a bracket that closes the position clears the memory', () => {
    const bars = daily([at(100), at(100), [100, 100, 90, 91], at(91), at(91)]);
    const { fills } = run(({ order }) => order.target(0.5, { stopLoss: 95 }), bars);
    expect(told(fills).slice(0, 2)).toEqual(['1: +500 @ 100', '2: -500 @ 95']);
    expect(fills[2]).toMatchObject({ bar: 3, price: 91 });
  });

  test('the same target with another bracket leaves the bracket as it was', () => {
    const bars = daily([at(100), at(100), at(110), [110, 110, 96, 97], [97, 97, 94, 95]]);
    const { fills } = run(({ close, order }) => order.target(0.5, { stopLoss: close.value * 0.95 }), bars);
    expect(told(fills).slice(0, 2)).toEqual(['1: +500 @ 100', '4: -500 @ 95']);
  });

  test('a rejected target is asked for again', () => {
    const { orders } = run(({ order }) => order.target(-1), prices(1, 100, 100));
    expect(endings(orders)).toEqual([
      'target rejected, short-not-allowed',
      'target rejected, short-not-allowed',
      'target open, run-ended',
    ]);
  });

  test('turns a position round in one trade', () => {
    const play: Script = { 0: ({ order }) => order.target(1), 1: ({ order }) => order.target(-1) };
    const { fills, record } = run(play, prices(1, 100, 120), { allowShort: true });
    expect(told(fills)).toEqual(['1: +1000 @ 100', '2: -2000 @ 120']);
    expect(record.positions).toMatchObject([{ quantity: -1000, averagePrice: 120 }]);
  });

  test('equity counts all products, each at its open', () => {
    // After bar 1: a 500 x 100, cash 50,000. At the opens of bar 2: 500 x 120 + 50,000 = 110,000; half of it in b.
    const a = daily([at(100), at(100), [120, 130, 120, 130], at(130)]);
    const b = daily([at(50), at(50), at(50), at(50)], { symbol: 'B' });
    const play: Script = { 0: ({ orders }) => orders.a.target(0.5), 1: ({ orders }) => orders.b.target(0.4) };
    expect(told(run(play, { a, b }).fills)).toEqual(['1: +500 a @ 100', '2: +880 b @ 50']);
  });
});

describe("sizing 'decision'", () => {
  const options = { sizing: 'decision' } as const;

  test('computes the quantity on the close of the decision', () => {
    expect(told(run({ 0: ({ order }) => order.target(0.5) }, prices(50, 100), options).fills)).toEqual([
      '1: +1000 @ 100',
    ]);
  });

  test('what it costs at the fill may be too much', () => {
    const { orders } = run({ 0: ({ order }) => order.target(1) }, prices(100, 101), options);
    expect(endings(orders)).toEqual(['target rejected, buying-power']);
    expect(orders[0]).toMatchObject({ target: 1, quantity: 1000 });
  });

  test.each<[what: string, costs: Partial<RunOptions>, spread: number | undefined]>([
    ['the fee', { fee: { kind: 'rate', rate: 0.25 } }, undefined],
    ['slippage', { slippage: { kind: 'fixed', perUnit: 25 } }, undefined],
    ['half of the spread', {}, 50],
  ])('leaves room for %s at the price of the decision', (_, costs, spread) => {
    const bars = daily([at(100), at(100)], spread === undefined ? {} : { spread });
    const { fills, record } = run({ 0: ({ order }) => order.target(1) }, bars, { ...options, ...costs });
    expect(fills).toMatchObject([{ bar: 1, quantity: 800 }]);
    expect(record.finalCash).toBeCloseTo(0, 6);
  });

  test('is not shrunk by what fills of another product have cost before', () => {
    // At the decision a is worth 50,050 of 100,000: half of it for b is 50 too much, no more than the fee of a was.
    const a = daily([at(100), at(100), at(100), at(100.1), at(100)]);
    const play: Script = { 0: ({ orders }) => orders.a.market(500), 3: ({ orders }) => orders.b.target(0.5) };
    const fee: FeeModel = { kind: 'fixed', perFill: 50 };
    const b = daily([at(100), at(100), at(100), at(100), at(100)], { symbol: 'B' });
    const { orders } = run(play, { a, b }, { ...options, fee });
    expect(orders.at(-1)).toMatchObject({ quantity: 499.5, state: 'rejected', reason: 'buying-power' });
  });

  test('closes what is held', () => {
    const play: Script = { 0: ({ order }) => order.target(1), 1: ({ order }) => order.target(0) };
    expect(told(run(play, prices(100, 90, 120), options).fills)).toEqual(['1: +1000 @ 90', '2: -1000 @ 120']);
  });
});

describe('targetQuantity', () => {
  test('a difference that is only rounding is not traded', () => {
    // 50 + 7.3 - 50 leaves 7.299999999999997.
    const play: Script = {
      0: ({ order }) => order.market(50),
      1: ({ order }) => order.market(7.3),
      2: ({ order }) => order.market(-50),
      3: ({ order }) => order.targetQuantity(7.3),
    };
    const { fills, orders } = run(play, prices(100, 100, 100, 100, 100), { fee: { kind: 'fixed', perFill: 1 } });
    expect(fills).toHaveLength(3);
    expect(endings(orders).at(-1)).toBe('target cancelled, nothing-to-do');
  });

  test.each<[rule: string, play: Script | ((context: Context) => void), expected: string[]]>([
    [
      'trades to the quantity',
      { 0: ({ order }) => order.targetQuantity(30), 1: ({ order }) => order.targetQuantity(10) },
      ['1: +30 @ 100', '2: -20 @ 100'],
    ],
    ['unchanged: no order', ({ order }) => order.targetQuantity(30), ['1: +30 @ 100']],
    ['0 at the start: no order', ({ order }) => order.targetQuantity(0), []],
    [
      'another order clears the memory',
      {
        0: ({ order }) => order.targetQuantity(30),
        1: ({ order }) => order.market(5),
        2: ({ order }) => order.targetQuantity(30),
      },
      ['1: +30 @ 100', '2: +5 @ 100', '3: -5 @ 100'],
    ],
    [
      'so does a target of a fraction',
      {
        0: ({ order }) => order.targetQuantity(30),
        1: ({ order }) => order.target(0.5),
        2: ({ order }) => order.targetQuantity(30),
      },
      ['1: +30 @ 100', '2: +470 @ 100', '3: -470 @ 100'],
    ],
  ])('%s', (_, play, expected) => {
    const { fills, orders } = run(play, prices(100, 100, 100, 100));
    expect(told(fills)).toEqual(expected);
    expect(orders).toHaveLength(expected.length);
  });
});
