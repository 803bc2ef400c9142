import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RunOptions } from '../../src/runtime/engine/run-options.ts';
import type { Bracket, Orders } from '../../src/runtime/sdk/orders.ts';
import { type Context, type Data, daily, type OnFill, type Outcome, run, script } from '../helpers/engine.ts';
import { options, rows } from '../helpers/random-runs.ts';

/** Accounts that the short way serves, and now and then one that it must leave alone. */
const account: fc.Arbitrary<Partial<RunOptions>> = fc.oneof(
  fc.record({
    fee: fc.constantFrom<RunOptions['fee'][]>({ kind: 'none' }, { kind: 'rate', rate: 0.001 }),
    leverage: fc.constantFrom(1, 1, 2.5),
    allowShort: fc.boolean(),
    cash: fc.constantFrom(100_000, 99_999.99, 1e-3),
  }),
  options,
);

/** What a target may bring along: nothing, the sides of a bracket, or a limit order that rests beside it. */
const EXTRAS = ['none', 'none', 'stop', 'trail', 'profit', 'both', 'limit'] as const;
type Extra = (typeof EXTRAS)[number];
const extra = fc.constantFrom(...EXTRAS);

const targets = fc.array(fc.tuple(fc.nat(59), fc.constantFrom(0, 0, 1, 1, 0.5, 2, -1, 1e-9, 1 / 3), extra), {
  maxLength: 40,
  size: 'max',
});

test('the short way through a fill and the long way give the same rows', () => {
  fc.assert(
    fc.property(rows(1, 60), targets, account, (bars, asked, how) => {
      const feed = daily(bars);
      const act = ({ state, order, close }: Context): void => {
        const step = state.calls++;
        for (const [at, fraction, what] of asked) if (at === step) ask(order, fraction, what, close.value);
      };
      expectSame(act, feed, how);
    }),
    { numRuns: 500 },
  );
});

const ofTwo = fc.array(
  fc.tuple(fc.nat(59), fc.constantFrom('a', 'b'), fc.constantFrom(0, 0, 0.5, 0.5, 1, 0.4, 0.7, -0.5, 1e-9, 1.5), extra),
  { maxLength: 60, size: 'max' },
);

test('so do they on two products, whose bars mostly close together', () => {
  fc.assert(
    fc.property(rows(1, 60), rows(1, 60), fc.nat(3), ofTwo, account, (a, b, fromDay, asked, how) => {
      const feeds = { a: daily(a), b: daily(b, { symbol: 'B', fromDay }) };
      const act = ({ state, orders, bars }: Context): void => {
        const step = state.calls++;
        for (const [at, product, fraction, what] of asked) {
          if (at === step) ask(orders[product], fraction, what, bars[product].close.value);
        }
      };
      expectSame(act, feeds, how);
    }),
    { numRuns: 500 },
  );
});

/** Sides so near that a day often reaches them. */
function ask(order: Orders, fraction: number, what: Extra, price: number): void {
  const offset = 0.02 * price;
  if (what === 'limit') order.limit(1, 0.99 * price);
  const bracket: Bracket = {
    ...((what === 'stop' || what === 'both') && { stopLoss: { offset } }),
    ...(what === 'trail' && { stopLoss: { trail: offset } }),
    ...((what === 'profit' || what === 'both') && { takeProfit: { offset } }),
  };
  order.target(fraction, bracket);
}

/** Somebody who listens to fills makes the engine take the long way. */
function expectSame(act: (context: Context) => void, data: Data, how: Partial<RunOptions>): void {
  const play = (listen?: OnFill): Outcome => run(script(act, data, listen), data, how);
  const [short, long] = [play(), play(() => {})];
  expect(short.fills).toEqual(long.fills);
  expect(short.orders).toEqual(long.orders);
  expect(short.equity).toEqual(long.equity);
  expect({ ...short.record, fills: [], orders: [] }).toEqual({ ...long.record, fills: [], orders: [] });
}
