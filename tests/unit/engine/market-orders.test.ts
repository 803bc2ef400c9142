import { describe, expect, test } from 'vitest';
import { sliceBars } from '../../../src/runtime/market/bars.ts';
import {
  aroundTheClock,
  at,
  daily,
  HOUR,
  intraday,
  opening,
  type Row,
  run,
  type Script,
  told,
} from '../../helpers/engine.ts';

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
    expect(orders[0]).toMatchObject({
      id: 1,
      kind: 'market',
      state: 'filled',
      quantity: 10,
      filled: 10,
      reason: 'none',
    });
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

  test.each([
    [6, ['5: +1 @ 22.5']],
    [5, []],
  ])('data cut off after %i bars know whether their session had ended', (length, expected) => {
    const cut = { ...stock, bars: sliceBars(sliceBars(stock.bars, 0, length), 0, length) };
    expect(told(run({ 0: ({ order }) => order.marketOnClose(1) }, cut).fills)).toEqual(expected);
  });

  test('the time of a fill is the open of its bar, of a fill at the close the close', () => {
    const both: Script = {
      0: ({ order }) => {
        order.marketOnOpen(1);
        order.marketOnClose(1);
      },
    };
    expect(run(both, stock).fills.map(({ time }) => time)).toEqual([opening(1), opening(1) + 3 * HOUR]);
  });

  test('a session whose first bar is under way is open already', () => {
    // Step 3 is 14:35 on day 1: the first hour of `a` closes at 15:30, the bar after it is not the first of a session.
    const b = intraday(5, [[at(1)], [at(1)]], { symbol: 'B' });
    const on = (kind: 'marketOnOpen' | 'marketOnClose') =>
      run({ 3: ({ orders }) => orders.a[kind](1) }, { a: stock, b });
    expect(told(on('marketOnOpen').fills)).toEqual(['6: +1 @ 30']);
    expect(told(on('marketOnClose').fills)).toEqual([]);
  });

  test('what a volume cap leaves of an order waits for the next session', () => {
    const thin = intraday(60, [[at(10)], [at(20, 4), at(21, 4)], [at(30, 4), at(31, 4)], [at(40, 4)]]);
    const on = (kind: 'marketOnOpen' | 'marketOnClose') =>
      told(run({ 0: ({ order }) => order[kind](2) }, thin, { maxParticipation: 0.25 }).fills);
    expect(on('marketOnOpen')).toEqual(['1: +1 @ 20', '3: +1 @ 30']);
    expect(on('marketOnClose')).toEqual(['2: +1 @ 21', '4: +1 @ 31']);
  });
});
