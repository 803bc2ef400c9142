import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../../src/runtime/base/limits.ts';
import { FILL_WIDTH } from '../../../src/runtime/engine/fill-log.ts';
import { ORDER_WIDTH } from '../../../src/runtime/engine/order-log.ts';
import type { Dataset } from '../../../src/runtime/market/dataset.ts';
import {
  aroundTheClock,
  at,
  type Context,
  daily,
  flat,
  HOUR,
  intraday,
  type Outcome,
  opening,
  run,
} from '../../helpers/engine.ts';

describe('daily samples', () => {
  const inSessions = (times: Float64Array) => Array.from(times, time => (time - opening(0)) / HOUR);
  const buy = { 0: ({ order }: Context) => order.market(100) };

  test('the first step, then the last of each session', () => {
    const bars = intraday(60, [[at(10), at(11), at(12)], [at(13), at(14)], [at(15)]]);
    const { daily } = run(buy, bars).record;
    expect(inSessions(daily.times)).toEqual([1, 3, 26, 49]);
    expect([...daily.values].map(value => value - 100_000)).toEqual([0, 100, 300, 400]);
  });

  test('of daily bars: every bar, the first once', () => {
    const { daily: samples } = run(buy, daily([at(10), at(11), at(12)])).record;
    expect([...samples.values].map(value => value - 100_000)).toEqual([0, 0, 100]);
  });

  test('24/7: the last bar of each UTC day', () => {
    const { daily } = run(
      buy,
      aroundTheClock(
        8,
        [1, 2, 3, 4, 5, 6, 7].map(price => at(price)),
      ),
    ).record;
    expect([...daily.values].map(value => value - 100_000)).toEqual([0, 100, 400, 500]);
  });

  test('two products: one sample a day, when the last of them has closed', () => {
    const a = daily(flat(3, 10));
    const b = intraday(
      60,
      [
        [at(50), at(51)],
        [at(52), at(53)],
        [at(54), at(55)],
      ],
      { symbol: 'B' },
    );
    const { daily: samples } = run({}, { a, b }).record;
    expect(inSessions(samples.times)).toEqual([6.5, 30.5, 54.5]);
  });

  const weekly = (data: Dataset): Dataset => ({
    ...data,
    bars: { ...data.bars, durationMs: 7 * 24 * HOUR, time: data.bars.time.map((_, week) => opening(7 * week)) },
  });

  test.each<[samples: string, data: Parameters<typeof run>[1], periodsPerYear: number]>([
    ['days of a stock', daily(flat(3)), 252],
    ['hours of a market that never closes', aroundTheClock(1, flat(30)), 365],
    ['both', { a: daily(flat(3)), b: aroundTheClock(1, flat(30), { symbol: 'B' }) }, 365],
    ['weeks', weekly(daily(flat(3))), 52],
    ['weeks of a market that never closes', weekly(aroundTheClock(1, flat(3))), 52],
    ['weeks of two products', { a: weekly(daily(flat(3))), b: weekly(daily(flat(3), { symbol: 'B' })) }, 52],
    ['days beside weeks', { a: daily(flat(15)), b: weekly(daily(flat(3))) }, 252],
  ])('samples a year: %s', (_, data, periodsPerYear) => {
    expect(run({}, data).record.periodsPerYear).toBe(periodsPerYear);
  });

  test('drawdown is measured at every step, exposure counts steps with a position', () => {
    const bars = intraday(60, [[at(10), at(10), at(20), at(5), at(20)]]);
    const { record } = run(
      { 0: ({ order }: Context) => order.market(1000), 3: ({ order }: Context) => order.market(-1000) },
      bars,
    );
    // Equity: 100, 100, 110, 95, then sold at the open of 20: 110 thousand.
    expect(record.drawdown.depth).toBeCloseTo(15 / 110, 12);
    expect(
      inSessions(Float64Array.of(record.drawdown.peakTime, record.drawdown.troughTime, record.drawdown.recoveryTime!)),
    ).toEqual([3, 4, 5]);
    expect(record.stepsInMarket).toBe(3);
  });
});

describe('chunks', () => {
  const SIZE = LIMITS.chunkSteps;
  const everyHundred = ({ bar, order }: Context) => {
    if (bar.index % 100 === 0) order.market(bar.index % 200 === 0 ? 1 : -1);
  };
  const twoFeeds = { a: aroundTheClock(1, flat(SIZE + 10)), b: aroundTheClock(2, flat(SIZE / 2), { symbol: 'B' }) };
  const ofOrders = (outcome: Outcome) =>
    outcome.chunks.reduce((sum, { orders }) => sum + orders.length / ORDER_WIDTH, 0);
  const ofFills = (outcome: Outcome) => outcome.chunks.reduce((sum, { fills }) => sum + fills.length / FILL_WIDTH, 0);

  test.each<[rule: string, data: Parameters<typeof run>[1], steps: number]>([
    ['a short run', daily(flat(1000)), 1000],
    ['exactly one chunk', daily(flat(SIZE)), SIZE],
    ['one step more', daily(flat(SIZE + 1)), SIZE + 1],
    ['two and a half', daily(flat(2.5 * SIZE)), 2.5 * SIZE],
    ['two feeds', twoFeeds, SIZE + 10],
  ])('of %s follow each other, cut at multiples of 16,384 steps', (_, data, steps) => {
    const outcome = run(everyHundred, data);
    const { chunks, record } = outcome;
    const bounds = [...Array(Math.ceil(steps / SIZE)).keys()].map(seq => [
      seq,
      seq * SIZE,
      Math.min((seq + 1) * SIZE, steps),
    ]);
    expect(record.steps).toBe(steps);
    expect(record.chunks).toBe(chunks.length);
    expect(chunks.map(({ seq, fromStep, toStep }) => [seq, fromStep, toStep])).toEqual(bounds);
    for (const { fromStep, toStep, time, equity } of chunks) {
      expect([time.length, equity.length]).toEqual([toStep - fromStep, toStep - fromStep]);
      expect(time.every((each, i) => i === 0 || each > time[i - 1]!)).toBe(true);
    }
    expect([ofOrders(outcome), ofFills(outcome)]).toEqual([outcome.orders.length, outcome.fills.length]);
  });

  test('fills lie in the chunk of their step', () => {
    for (const { fills, fromStep, toStep } of run(everyHundred, daily(flat(2.5 * SIZE))).chunks) {
      for (let at = 0; at < fills.length; at += FILL_WIDTH) {
        expect(fills[at]! >= fromStep && fills[at]! < toStep).toBe(true);
      }
    }
  });

  test.each([SIZE - 1, SIZE, SIZE + 1])(
    'orders that the end leaves open are in the last chunk, after %i steps',
    steps => {
      const outcome = run({ 5: ({ order }) => order.limit(1, 50) }, daily(flat(steps)));
      expect(outcome.orders).toMatchObject([{ state: 'open', reason: 'run-ended' }]);
      expect(ofOrders(outcome)).toBe(1);
    },
  );
});
