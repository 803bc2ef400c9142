import { describe, expect, test } from 'vitest';
import { HOUR, aroundTheClock, at, daily, intraday, opening, type Row, run, told } from '../../helpers/engine.ts';

describe('market', () => {
  const bars = daily([
    [100, 101, 99, 100],
    [103, 109, 102, 108],
    [50, 60, 40, 55],
  ]);

  test('an order of bar 0 fills at the open of bar 1, never at the close that it was decided on', () => {
    const { fills, orders } = run({ 0: ({ order }) => order.market(10) }, bars);
    expect(told(fills)).toEqual(['1: +10 @ 103']);
    expect(fills[0]!.time).toBe(opening(1));
    expect(orders[0]).toMatchObject({ id: 1, kind: 'market', state: 'filled', quantity: 10, filled: 10, reason: 'none' });
    expect(orders[0]!.submitted).toBe(opening(0) + 6.5 * HOUR);
  });

  test('a gap does not help: the open is the price', () => {
    const { fills } = run({ 0: ({ order }) => order.market(1), 1: ({ order }) => order.market(-1) }, bars);
    expect(told(fills)).toEqual(['1: +1 @ 103', '2: -1 @ 50']);
  });

  test('an order on the last bar stays open', () => {
    const { fills, orders } = run({ 2: ({ order }) => order.market(1) }, bars);
    expect(fills).toEqual([]);
    expect(orders).toMatchObject([{ state: 'open', reason: 'run-ended', filled: 0 }]);
  });
});

describe('market on open and on close', () => {
  /** Three hours a day: prices say where a fill came from, `dayhour`, and closes are half a unit higher. */
  const hour = (price: number): Row => [price, price + 0.5, price, price + 0.5];
  const stock = intraday(60, [
    [hour(10), hour(11), hour(12)],
    [hour(20), hour(21), hour(22)],
    [hour(30), hour(31), hour(32)],
  ]);
  /** Twelve-hour bars: two to a UTC day. */
  const coin = aroundTheClock(12, [hour(10), hour(11), hour(20), hour(21), hour(30), hour(31)]);
  const days = daily([hour(10), hour(20), hour(30)]);

  test.each([
    ['daily, on open: the next bar', days, 0, 'marketOnOpen', '1: +1 @ 20'],
    ['daily, on close: the close of the next bar', days, 0, 'marketOnClose', '1: +1 @ 20.5'],
    ['intraday, on open: not the next bar, but the first of the next session', stock, 0, 'marketOnOpen', '3: +1 @ 20'],
    ['intraday, on open, ordered at the last bar of a session', stock, 2, 'marketOnOpen', '3: +1 @ 20'],
    ['intraday, on open, ordered at the first bar of a session', stock, 3, 'marketOnOpen', '6: +1 @ 30'],
    ['intraday, on close: the session that runs is open already', stock, 0, 'marketOnClose', '5: +1 @ 22.5'],
    ['intraday, on close, ordered at the last bar of a session', stock, 2, 'marketOnClose', '5: +1 @ 22.5'],
    ['24/7, on open: the first bar of the next UTC day', coin, 0, 'marketOnOpen', '2: +1 @ 20'],
    ['24/7, on open, ordered at midnight: the bar that opens then', coin, 1, 'marketOnOpen', '2: +1 @ 20'],
    ['24/7, on close: the last bar of the next UTC day', coin, 0, 'marketOnClose', '3: +1 @ 21.5'],
    ['24/7, on close: data that ends with a UTC day end a session', coin, 2, 'marketOnClose', '5: +1 @ 31.5'],
  ] as const)('%s', (_, bars, bar, kind, expected) => {
    expect(told(run({ [bar]: ({ order }) => order[kind](1) }, bars).fills)).toEqual([expected]);
  });

  test('intraday data that stop within a session do not say where it ends', () => {
    const { fills, orders } = run({ 3: ({ order }) => order.marketOnClose(1) }, stock);
    expect(fills).toEqual([]);
    expect(orders).toMatchObject([{ state: 'open', reason: 'run-ended' }]);
  });

  test('the time of a fill is the open of its bar, of a fill at the close the close', () => {
    const orders = { 0: ({ order }: { order: { marketOnOpen(q: number): unknown; marketOnClose(q: number): unknown } }) => {
      order.marketOnOpen(1);
      order.marketOnClose(1);
    } };
    expect(run(orders, stock).fills.map(({ time }) => time)).toEqual([opening(1), opening(1) + 3 * HOUR]);
  });

  test('an order for a product whose hour runs already does not take that hour for the next session', () => {
    // Feed b closes at 14:35 on day 1, when the first hour of a is under way: its session is open.
    const b = intraday(5, [[at(1)], [at(1)]], { symbol: 'B' });
    const script = { 1: ({ orders }: { orders: { a: { marketOnOpen(q: number): unknown } } }) => orders.a.marketOnOpen(1) };
    const late = intraday(5, [[at(1)]], { symbol: 'B', fromDay: 1 });
    expect(b.bars.length).toBe(2);
    expect(told(run({ ...script, 3: script[1] }, { a: stock, b: late }).fills)).toEqual([]);
  });
});
