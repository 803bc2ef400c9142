import { describe, expect, test } from 'vitest';
import type { RunOptions } from '../../../src/runtime/engine/run-options.ts';
import {
  aroundTheClock,
  at,
  booked,
  type Context,
  type Data,
  daily,
  flat,
  intraday,
  opening,
  run,
  type Script,
} from '../../helpers/engine.ts';

/** 100,000 at 3.65 % a year earn 10 a day. */
const RATE = 0.0365;
const idle: Script = {};
const short: Script = { 0: ({ order }) => order.market(-500) };
const bookings = (play: Script, data: Data, options: Partial<RunOptions>): string[] =>
  booked(run(play, data, { allowShort: true, leverage: 2, ...options }).cash);

describe('interest on cash', () => {
  test('is paid when a session begins, for the days since the last one, and compounds', () => {
    const weekend = daily(flat(2)).bars;
    const time = Float64Array.of(opening(0), opening(3), opening(4));
    const session = Int32Array.from(time, each => Math.floor(each / 86_400_000));
    const gap = daily(flat(3));
    const { cash, record, equity } = run(
      idle,
      { ...gap, bars: { ...gap.bars, time, session, durationMs: weekend.durationMs } },
      { interest: RATE },
    );
    expect(booked(cash)).toEqual(['1: interest 30', '2: interest 10.003']);
    expect(cash.map(row => row.time)).toEqual([opening(3), opening(4)]);
    expect(equity).toEqual([100_000, 100_030, 100_040.003]);
    expect(record.finalCash).toBe(100_040.003);
  });

  test.each<[feed: string, data: Data]>([
    ['bars of an hour', intraday(60, [flat(3), flat(3), flat(3)])],
    ['markets that never close, at midnight UTC', aroundTheClock(4, flat(18))],
    ['feeds of two intervals', { a: intraday(60, [flat(3), flat(3), flat(3)]), b: daily(flat(3), { symbol: 'B' }) }],
  ])('is the same for %s', (_, data) => {
    const { cash } = run(idle, data, { interest: RATE });
    expect(cash.map(({ amount }) => Number(amount.toPrecision(12)))).toEqual([10, 10.001]);
  });

  test('a session of which only a longer feed has a bar begins when that bar opens', () => {
    const hours = intraday(60, [flat(3), [], flat(3)]);
    const { cash } = run(idle, { a: hours, b: { ...daily(flat(3)), name: 'days' } }, { interest: RATE });
    expect(cash.map(({ time }) => time)).toEqual([opening(1), opening(2)]);
  });

  test('what is owed costs the same rate, or one of its own', () => {
    const onCredit: Script = { 0: ({ order }) => order.market(1500) };
    expect(bookings(onCredit, daily(flat(3)), { interest: RATE })).toEqual([
      '1: interest 10',
      '2: margin-interest -4.999',
    ]);
    const own = { interest: RATE, marginInterest: 2 * RATE };
    expect(bookings(onCredit, daily(flat(3)), own)).toEqual(['1: interest 10', '2: margin-interest -9.998']);
    expect(bookings(onCredit, daily(flat(3)), { marginInterest: RATE })).toEqual(['2: margin-interest -5']);
  });

  test('what is spent to the last cent earns and costs nothing', () => {
    const all: Script = { 0: ({ order }) => order.target(1) };
    expect(bookings(all, daily([at(100), at(93.7), at(93.7)]), { interest: RATE })).toEqual(['1: interest 10']);
  });

  test('the proceeds of a short sale are its security and earn nothing', () => {
    // 150,000 in cash, of which 50,000 and then 60,000 secure the short position.
    expect(bookings(short, daily([at(100), at(100), at(120), at(120)]), { interest: RATE })).toEqual([
      '1: interest 10',
      '2: interest 10.001',
      '3: interest 9.0020001',
    ]);
  });

  test('they cannot be spent either: what they pay for is borrowed', () => {
    const data = { a: daily(flat(3)), b: daily(flat(3), { symbol: 'B' }) };
    const both: Script = {
      0: ({ orders }: Context) => {
        orders.a.market(-500);
        orders.b.market(1200);
      },
    };
    // 100,000 + 50,000 - 120,000 in cash, 50,000 of it security: 20,000 are owed.
    expect(bookings(both, data, { marginInterest: RATE })).toEqual(['2: margin-interest -2']);
  });

  test('starts with the first decision, not while indicators warm up', () => {
    const late = daily(flat(4), { symbol: 'B', fromDay: 2 });
    expect(bookings(idle, { a: daily(flat(4)), b: late }, { interest: RATE })).toEqual([
      '3: interest 10',
      '4: interest 10.001',
      '5: interest 10.0020001',
    ]);
  });
});

describe('the fee for borrowed shares', () => {
  test('is charged on the value at the last close of the session before', () => {
    const bars = daily([at(100), at(100), at(120), at(120)]);
    expect(bookings(short, bars, { borrow: RATE })).toEqual(['2: borrow -5', '3: borrow -6']);
  });

  test('a short position that is closed within its session costs nothing', () => {
    const play: Script = { 0: ({ order }) => order.market(-500), 1: ({ order }) => order.market(500) };
    expect(bookings(play, intraday(60, [flat(4), flat(4)]), { borrow: RATE })).toEqual([]);
    expect(bookings(short, intraday(60, [flat(4), flat(4)]), { borrow: RATE })).toEqual(['4: borrow -5']);
  });

  test('a long position costs nothing', () => {
    expect(bookings({ 0: ({ order }) => order.market(500) }, daily(flat(4)), { borrow: RATE })).toEqual([]);
  });

  test('each product has its row, and a multiplier counts', () => {
    const b = daily(flat(3), { symbol: 'B', product: { multiplier: 10 } });
    const play: Script = {
      0: ({ orders }) => {
        orders.a.market(-500);
        orders.b.market(-50);
      },
    };
    expect(bookings(play, { a: daily(flat(3)), b }, { borrow: RATE })).toEqual(['2: borrow a -5', '2: borrow b -5']);
  });

  test('is paid before the orders of the session fill', () => {
    const play: Script = { 0: ({ order }) => order.market(-500), 1: ({ order }) => order.market(500) };
    const { cash, equity } = run(play, daily(flat(3)), { allowShort: true, borrow: RATE });
    expect(booked(cash)).toEqual(['2: borrow -5']);
    expect(equity).toEqual([100_000, 100_000, 99_995]);
  });
});

test('rates of zero book nothing', () => {
  expect(bookings(short, daily(flat(4)), { borrow: 0, interest: 0, marginInterest: 0 })).toEqual([]);
});

test('orders are sized with what interest has made', () => {
  const play: Script = { 1: ({ order }) => order.target(1) };
  const { fills } = run(play, daily(flat(3)), { interest: 0.365 });
  // 100,000, 100,100 and then 100,200.1 to spend at the open of bar 2.
  expect(fills[0]!.quantity).toBeCloseTo(1002.001, 9);
});
