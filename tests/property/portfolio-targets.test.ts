import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FeeModel, SlippageModel } from '../../src/runtime/engine/run-options.ts';
import { defineStrategy } from '../../src/runtime/index.ts';
import { at, daily, run } from '../helpers/engine.ts';

const BARS = 12;
const price = fc.double({ min: 20, max: 200, noNaN: true });
const prices = fc.array(price, { minLength: BARS, maxLength: BARS });
const fee = fc.oneof(
  fc.double({ min: 0, max: 0.01, noNaN: true }).map((rate): FeeModel => ({ kind: 'rate', rate })),
  fc.constant<FeeModel>({ kind: 'per-share', perShare: 0.01, min: 1 }),
  fc.constant<FeeModel>({ kind: 'fixed', perFill: 5 }),
);
const slippage = fc.double({ min: 0, max: 0.005, noNaN: true }).map((rate): SlippageModel => ({ kind: 'rate', rate }));
const market = fc.record({ a: prices, b: prices, c: prices, fee, slippage });

/** Gives two of three products, in turn, shares that add up to `whole`, and trades back to them on every bar. */
const rotation = (whole: number) =>
  defineStrategy({
    name: 'rotation',
    data: { a: 'a', b: 'b', c: 'c' },
    onBar({ bar, orders }) {
      const out = bar.index % 3;
      [orders.a, orders.b, orders.c].forEach((order, index) => {
        order.target(index === out ? 0 : (whole * (index + 1)) / (6 - out - 1), { rebalance: true });
      });
    },
  });

test.each([1, 2])('shares that add up to the leverage %i can all be paid, whatever the costs', leverage => {
  fc.assert(
    fc.property(market, ({ a, b, c, ...options }) => {
      const feeds = { a: feed('A', a), b: feed('B', b), c: feed('C', c) };
      const { orders, fills } = run(rotation(leverage), feeds, { leverage, ...options });
      expect(orders.filter(order => order.reason === 'buying-power')).toEqual([]);
      expect(fills.length).toBeGreaterThan(3);
    }),
  );
});

/** Quiet prices: on credit a large move would end the account. */
function feed(symbol: string, values: readonly number[]) {
  return daily(
    values.map((value, index) => at(100 + (index === 0 ? 0 : (value - 110) / 20))),
    { symbol },
  );
}
