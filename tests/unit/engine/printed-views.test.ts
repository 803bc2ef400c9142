/** What `console.log` shows of what a strategy holds in its hands: that, and not how the engine keeps it. */
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { type Context, daily, flat, opening, run } from '../../helpers/engine.ts';

test('what is printed is what the strategy may see', () => {
  const printed: string[] = [];
  const print = ({ account, bar, close, order, position }: Context) => {
    printed.push(
      ...[close, position, account, order.open, bar].map(value => inspect(value, { breakLength: Infinity })),
    );
  };
  const enter = ({ order }: Context) => {
    order.market(10);
    order.limit(-10, 105);
  };
  run({ 0: enter, 2: print }, daily(flat(4)));
  expect(printed).toEqual([
    '{ value: 100 }',
    '{ quantity: 10, averagePrice: 100, value: 1000, profit: 0 }',
    '{ cash: 99000, equity: 100000, buyingPower: 99000 }',
    "[ { id: 2, product: 'stock.A.usa', kind: 'limit', state: 'open', quantity: -10, filled: 0, limit: 105, stop: NaN } ]",
    expect.stringContaining(
      `{ time: ${opening(2)}, closeTime: ${opening(2) + 6.5 * 3_600_000}, index: 2, isNew: true, ageMs: 0, open: { value: 100 },`,
    ),
  ]);
});
