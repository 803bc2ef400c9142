import { describe, expect, test } from 'vitest';
import type { FeeModel } from '../../../src/runtime/engine/run-options.ts';
import { type Bracket, defineStrategy, type FeeInput, type OrderChanges } from '../../../src/runtime/index.ts';
import { at, type Context, daily, endings, run } from '../../helpers/engine.ts';

const RATE: FeeModel = { kind: 'rate', rate: 0.001 };
const PER_SHARE: FeeModel = { kind: 'per-share', perShare: 0.005, min: 1 };
const FIXED: FeeModel = { kind: 'fixed', perFill: 1.5 };
const MAKER_TAKER: FeeModel = { kind: 'maker-taker', maker: 0.0002, taker: 0.0005 };

const feesOf = (fee: FeeModel, place: (context: Context) => void) =>
  run({ 0: place }, daily([at(100), [100, 110, 90, 100], [100, 112, 88, 100], at(80)]), { fee, cash: 1e6 }).fills.map(
    fill => fill.fee,
  );

describe('what a fill pays', () => {
  test.each<[rule: string, fee: FeeModel, place: (context: Context) => void, fees: number[]]>([
    ['none', { kind: 'none' }, ({ order }) => order.market(10), [0]],
    ['a rate of the value', RATE, ({ order }) => order.market(10), [1]],
    ['per share, above the minimum', PER_SHARE, ({ order }) => order.market(1000), [5]],
    ['per share, at least the minimum', PER_SHARE, ({ order }) => order.market(10), [1]],
    ['fixed', FIXED, ({ order }) => order.market(10), [1.5]],
  ])('%s', (_, fee, place, fees) => {
    expect(feesOf(fee, place)).toEqual(fees);
  });

  test.each<[rule: string, place: (context: Context) => void, fee: number]>([
    ['a market order takes', ({ order }) => order.market(100), 5],
    ['a stop takes', ({ order }) => order.stop(100, 105), 5.25],
    ['a limit that rests makes', ({ order }) => order.limit(100, 95), 1.9],
    ['a limit that its first open reaches takes', ({ order }) => order.limit(100, 105), 5],
    ['a limit at its first open exactly takes', ({ order }) => order.limit(100, 100), 5],
    ['a limit that rested when an open gapped past it makes', ({ order }) => order.limit(100, 85), 1.6],
    ['a stop-limit that fills when it triggers takes', ({ order }) => order.stopLimit(100, 105, 106), 5.25],
    ['so does one whose limit is its stop', ({ order }) => order.stopLimit(100, 105, 105), 5.25],
    ['a stop-limit that rests after its trigger makes', ({ order }) => order.stopLimit(100, 105, 95), 1.9],
    ['a target takes', ({ order }) => order.targetQuantity(100), 5],
  ])('maker and taker: %s', (_, place, fee) => {
    expect(feesOf(MAKER_TAKER, place)).toEqual([expect.closeTo(fee, 9)]);
  });

  test('maker and taker: a stop-limit that waited, then gaps past its stop, takes', () => {
    const bars = daily([at(100), at(100), at(106)]);
    const { fills } = run({ 0: ({ order }) => order.stopLimit(100, 105, 107) }, bars, { fee: MAKER_TAKER });
    expect(fills).toMatchObject([{ price: 106, fee: expect.closeTo(5.3, 9) }]);
  });

  test('maker and taker: a limit moved to where price is takes', () => {
    const { fills } = run(
      ({ bar, order }) => {
        if (bar.index === 0) order.limit(100, 90);
        if (bar.index === 1) order.modify(order.open[0]!, { limit: 101 });
      },
      daily([at(100), at(100), at(100)]),
      { fee: MAKER_TAKER },
    );
    expect(fills).toMatchObject([{ bar: 2, price: 100, fee: 5 }]);
  });

  test.each<[rule: string, place: (context: Context, bracket: Bracket) => void, fee: number]>([
    ['inside a bar makes', ({ order }, bracket) => order.limit(100, 99, bracket), 2.14],
    ['at the close takes', ({ order }, bracket) => order.marketOnClose(100, bracket), 5.35],
  ])('maker and taker: a target that the next open gaps past, entered %s', (_, place, fee) => {
    const bars = daily([at(100), [100, 100, 98, 100], at(107)]);
    const { fills } = run({ 0: context => place(context, { takeProfit: 105 }) }, bars, { fee: MAKER_TAKER });
    expect(fills[1]).toMatchObject({ bar: 2, price: 107, fee: expect.closeTo(fee, 9) });
  });

  test.each<[rule: string, changes: OrderChanges]>([
    ['its quantity', { quantity: 100 }],
    ['nothing', {}],
    ['its limit to what it is', { limit: 98 }],
  ])('maker and taker: a limit that rested makes at a gap after a change of %s', (_, changes) => {
    const { fills } = run(
      ({ bar, order }) => {
        if (bar.index === 0) order.limit(changes.quantity === undefined ? 100 : 50, 98);
        if (bar.index === 1) order.modify(order.open[0]!, changes);
      },
      daily([at(100), at(100), at(97)]),
      { fee: MAKER_TAKER },
    );
    expect(fills).toMatchObject([{ bar: 2, price: 97, fee: expect.closeTo(1.94, 9) }]);
  });
});

describe('all in with fees', () => {
  test.each<[rule: string, fee: FeeModel, lot: number]>([
    ['none', { kind: 'none' }, 0],
    ['a rate', RATE, 0],
    ['a rate, whole shares', RATE, 1],
    ['per share', PER_SHARE, 0],
    ['per share, whole shares', PER_SHARE, 1],
    ['per share, the minimum', { kind: 'per-share', perShare: 0.005, min: 100 }, 0],
    ['fixed', FIXED, 0],
    ['maker and taker', MAKER_TAKER, 0],
  ])('cash never goes below zero: %s', (_, fee, lot) => {
    const bars = daily([at(99.7), at(103.3), at(97.1), at(101.9)], { product: { lot } });
    const play = ({ order, bar }: Context) => order.target(bar.index % 2 === 0 ? 1 : 0);
    const { fills, record } = run(play, bars, { fee });
    expect(fills).toHaveLength(3);
    const cashAfter = 100_000 - fills[0]!.quantity * fills[0]!.price - fills[0]!.fee;
    expect(cashAfter).toBeGreaterThan(-1e-9);
    expect(cashAfter).toBeLessThan(lot === 0 ? 1e-6 : 104);
    expect(record.orders).not.toHaveLength(0);
  });

  test('the quantity by hand: 100,000 / (100 x 1.001)', () => {
    const { fills } = run({ 0: ({ order }) => order.target(1) }, daily([at(90), at(100)]), { fee: RATE });
    expect(fills[0]!.quantity).toBeCloseTo(999.000999, 6);
  });
});

describe('a function of the strategy', () => {
  const withFee = (fee: (fill: FeeInput) => number, target = 1) =>
    run(
      defineStrategy({ name: 'own fee', account: { fee }, onBar: ({ order }) => order.target(target) }),
      daily([at(100), at(100), at(100)]),
      { fee: { kind: 'strategy' } },
    );

  test('gets the fill and names its fee', () => {
    const { fills } = withFee(({ value }) => 2 + value * 0.001, 0.5);
    expect(fills[0]!.fee).toBeCloseTo(2 + fills[0]!.quantity * 100 * 0.001, 9);
    expect(fills[0]!.quantity * 100 + fills[0]!.fee).toBeCloseTo(50_000, 6);
  });

  test('all in fits as well', () => {
    const { record } = withFee(({ quantity }) => Math.ceil(Math.abs(quantity) / 100) * 3);
    expect(record.finalCash).toBeGreaterThanOrEqual(-1e-9);
    expect(record.finalCash).toBeLessThan(1e-6);
  });

  test('is not asked about a fill of nothing', () => {
    // The sale costs 200 and brings 100: nothing is left for the target of 100.
    const fee = ({ quantity, value }: FeeInput) => Math.max(200, (value / Math.abs(quantity)) * 0.01);
    const strategy = defineStrategy({
      name: 'own fee',
      data: { a: 'a', b: 'b' },
      account: { fee },
      onBar({ bar, orders }) {
        if (bar.index === 0) orders.a.target(1);
        if (bar.index !== 1) return;
        orders.a.market(-1);
        orders.b.target(0.001);
      },
    });
    const bars = [at(100), at(100), at(100)];
    const feeds = { a: daily(bars), b: daily(bars, { symbol: 'B' }) };
    const { orders } = run(strategy, feeds, { fee: { kind: 'strategy' } });
    expect(endings(orders)).toEqual(['target filled', 'market filled', 'target rejected, below-lot']);
  });

  test('that returns no number is an error', () => {
    expect(() => withFee(() => Number.NaN)).toThrow(expect.objectContaining({ code: 'GB_STRATEGY_SHAPE' }));
  });
});
