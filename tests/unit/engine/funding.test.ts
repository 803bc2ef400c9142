import { describe, expect, test } from 'vitest';
import type { FundingRate } from '../../../src/runtime/market/holder-events.ts';
import { aroundTheClock, at, booked, HOUR, type Row, run, type Script } from '../../helpers/engine.ts';

const MIDNIGHT = Date.UTC(2024, 0, 1);
const PERPETUAL = { calendar: '24/7' } as const;
/** Funding times, in hours from the first bar's open, at 0.01 %. */
const rates = (...hours: number[]): FundingRate[] =>
  hours.map(hour => ({ time: MIDNIGHT + hour * HOUR, rate: 0.0001 }));
const perpetual = (hoursABar: number, rows: readonly Row[], funding: readonly FundingRate[], multiplier = 1) =>
  aroundTheClock(hoursABar, rows, { product: { ...PERPETUAL, multiplier }, funding });

const long: Script = { 0: ({ order }) => order.market(100) };
const short: Script = { 0: ({ order }) => order.market(-100) };
const SHORTS = { allowShort: true };

describe('on bars that begin at funding times', () => {
  // Bars of eight hours; what is bought at the open of bar 1, at 8:00, is held at 16:00, the open of bar 2.
  const rows = [at(100), at(100), [120, 130, 120, 130] as const, at(130)];
  const funding = rates(0, 8, 16, 24);

  test('a long position pays on the value at the open, before the fills of that open', () => {
    const { cash, equity } = run(long, perpetual(8, rows, funding));
    expect(booked(cash)).toEqual(['2: funding -1.2', '3: funding -1.3']);
    expect(cash.map(({ time }) => time)).toEqual([MIDNIGHT + 16 * HOUR, MIDNIGHT + 24 * HOUR]);
    expect(equity).toEqual([100_000, 100_000, 102_998.8, 102_997.5]);
  });

  test('a short position receives it', () => {
    expect(booked(run(short, perpetual(8, rows, funding), SHORTS).cash)).toEqual(['2: funding 1.2', '3: funding 1.3']);
  });

  test('at a negative rate the short position pays', () => {
    const negative = funding.map(({ time }) => ({ time, rate: -0.0002 }));
    expect(booked(run(short, perpetual(8, rows, negative), SHORTS).cash)).toEqual([
      '2: funding -2.4',
      '3: funding -2.6',
    ]);
  });

  test('what is sold at a funding time was held until then', () => {
    const play: Script = { ...long, 1: ({ order }) => order.market(-100) };
    expect(booked(run(play, perpetual(8, rows, funding)).cash)).toEqual(['2: funding -1.2']);
  });

  test("a contract's multiplier counts", () => {
    expect(booked(run(long, perpetual(8, rows, funding, 5)).cash)).toEqual(['2: funding -6', '3: funding -6.5']);
  });
});

describe('on longer bars', () => {
  // Days; bought at the open of day 1, funding at 0:00, 8:00 and 16:00.
  const rows = [at(100), at(100), at(110), at(110)];
  const funding = rates(0, 8, 16, 24, 32, 40, 48, 56, 64, 72, 80, 88);

  test('what is bought at the open pays all fundings of the day but the first', () => {
    expect(booked(run(long, perpetual(24, rows, funding)).cash)).toEqual([
      ...['1: funding -1', '1: funding -1'],
      ...['2: funding -1.1', '2: funding -1.1', '2: funding -1.1'],
      ...['3: funding -1.1', '3: funding -1.1', '3: funding -1.1'],
    ]);
  });

  test('what is sold at the open pays the first and no more', () => {
    const play: Script = { ...long, 1: ({ order }) => order.market(-100) };
    const { cash } = run(play, perpetual(24, rows, funding));
    expect(booked(cash)).toEqual(['1: funding -1', '1: funding -1', '2: funding -1.1']);
  });

  test('on bars of eight hours it comes to the same', () => {
    const thirds = rows.flatMap(row => [row, row, row]);
    const play: Script = { 2: ({ order }) => order.market(100) };
    const amount = (outcome: ReturnType<typeof run>): number => outcome.cash.reduce((sum, row) => sum + row.amount, 0);
    const fine = run(play, perpetual(8, thirds, funding));
    expect(amount(fine)).toBeCloseTo(amount(run(long, perpetual(24, rows, funding))), 9);
  });
});

test('a gap in the bars is paid for at the next bar, at its open', () => {
  const { bars, ...rest } = perpetual(8, [at(100), at(100), at(120)], rates(16, 24, 32));
  const time = Float64Array.of(0, 8, 32).map(hour => MIDNIGHT + hour * HOUR);
  const { cash } = run(long, { ...rest, bars: { ...bars, time } });
  expect(booked(cash)).toEqual(['2: funding -1.2', '2: funding -1.2', '2: funding -1.2']);
});

test('a split that comes with the same open counts first: that price is in new units', () => {
  const rows = [at(100), at(100), at(50)];
  const actions = [{ time: MIDNIGHT + 16 * HOUR, ratio: 2, dividend: 0 }];
  expect(booked(run(long, { ...perpetual(8, rows, rates(16)), actions }).cash)).toEqual([
    '2: split x 2',
    '2: funding -1',
  ]);
  // Funding at 16:00 and a split at 24:00, both before the bar of 32:00.
  const { bars, ...rest } = perpetual(8, rows, rates(16));
  const time = Float64Array.of(0, 8, 32).map(hour => MIDNIGHT + hour * HOUR);
  const split = { ...actions[0]!, time: MIDNIGHT + 24 * HOUR };
  const { cash } = run(long, { ...rest, bars: { ...bars, time }, actions: [split] });
  expect(booked(cash)).toEqual(['2: split x 2', '2: funding -1']);
});

test('each product has its own rates', () => {
  const a = perpetual(8, [at(100), at(100), at(100)], rates(16));
  const b = aroundTheClock(24, [at(10), at(10)], { symbol: 'B' });
  const play: Script = {
    0: ({ orders }) => {
      orders.a.market(100);
      orders.b.market(100);
    },
  };
  expect(booked(run(play, { a, b }).cash)).toEqual([]);
  const early = { a: perpetual(8, Array(9).fill(at(100)), rates(32)), b };
  expect(booked(run(play, early).cash)).toEqual(['4: funding -1']);
});

test('funding can use up the equity', () => {
  const funding = [{ time: MIDNIGHT + 16 * HOUR, rate: 1.5 }];
  const { record } = run({ 0: ({ order }) => order.target(1) }, perpetual(8, [at(100), at(100), at(100)], funding));
  expect(record).toMatchObject({ state: 'wiped-out', finalEquity: -50_000 });
});
