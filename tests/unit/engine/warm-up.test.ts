import { expect, test } from 'vitest';
import { atr, bollinger, defineStrategy, ema, rsi, type Series, sig, sma } from '../../../src/runtime/index.ts';
import { at, daily, flat, intraday, opening, run } from '../../helpers/engine.ts';

type Prices = { close: Series; high: Series; low: Series };

/** The index of the bar at which onBar is called first. */
function firstBar(
  indicators: (prices: Prices) => Record<string, Series | Record<string, Series>>,
  bars = 1200,
): number[] {
  const seen: number[] = [];
  const strategy = defineStrategy({ name: 'first', indicators, onBar: ({ bar }) => seen.push(bar.index) });
  const { record } = run(strategy, daily(flat(bars)));
  expect(record.firstStep).toBe(seen[0] ?? bars);
  expect(seen).toHaveLength(bars - record.firstStep);
  return seen.slice(0, 1);
}

test.each<[rule: string, indicators: Parameters<typeof firstBar>[0], first: number[]]>([
  ['SMA 30: index 29', ({ close }) => ({ mean: sma(close, 30) }), [29]],
  ['the longest counts', ({ close }) => ({ fast: ema(close, 10), slow: sma(close, 40), power: rsi(close, 14) }), [39]],
  ['every series of a band', ({ close }) => ({ band: bollinger(close, 20, 2) }), [19]],
  ['an indicator of an indicator', ({ close }) => ({ smooth: sma(rsi(close, 14), 5) }), [18]],
  ['of high, low and close', prices => ({ range: atr(prices, 14) }), [14]],
  ['no indicators: the first bar', () => ({}), [0]],
  ['longer than a block of bars', ({ close }) => ({ mean: sma(close, 1000) }), [999]],
])('%s', (_, indicators, first) => {
  expect(firstBar(indicators)).toEqual(first);
});

test('an indicator that never becomes defined: the strategy never starts, and the record names it', () => {
  const strategy = defineStrategy({
    name: 'never',
    indicators: ({ close }) => ({ short: sma(close, 2), long: sma(close, 6) }),
    onBar: ({ order }) => order.target(1),
  });
  const { record, equity } = run(strategy, daily(flat(5)));
  expect(record).toMatchObject({ firstStep: 5, steps: 5, undefinedIndicators: ['long'], finalEquity: 100_000 });
  expect(equity).toEqual([1e5, 1e5, 1e5, 1e5, 1e5]);
});

test('the signals form warms up in the same way', () => {
  const strategy = defineStrategy({
    name: 'signals',
    indicators: ({ close }) => ({ mean: sma(close, 3) }),
    signals: ({ close }) => ({ enter: sig.above(close, 0), exit: sig.below(close, 0) }),
  });
  const { record, fills } = run(strategy, daily(flat(6)));
  expect(record.firstStep).toBe(2);
  expect(fills).toMatchObject([{ bar: 3 }]);
});

test('with several feeds all must have a bar, and their indicators a value', () => {
  const seen: [number, number][] = [];
  const strategy = defineStrategy({
    name: 'feeds',
    data: { a: 'a', b: 'b' },
    indicators: ({ bars }) => ({ mean: sma(bars.b.close, 2) }),
    onBar: ({ bars }) => seen.push([bars.a.index, bars.b.index]),
  });
  const a = intraday(60, [flat(3), flat(3), flat(3)]);
  const b = daily(flat(2), { symbol: 'B', fromDay: 1 });
  run(strategy, { a, b });
  // b closes at 21:00, long after the last hour of its day: its second bar is known after all nine of a.
  expect(seen).toEqual([[8, 1]]);
});

test('metrics start at the first bar: samples, times and exposure', () => {
  const strategy = defineStrategy({
    name: 'buy',
    indicators: ({ close }) => ({ mean: sma(close, 3) }),
    onBar: ({ order }) => order.target(1),
  });
  const { record } = run(strategy, daily([at(1), at(1), at(1), at(2), at(3)]));
  const closes = [2, 3, 4].map(day => opening(day) + 6.5 * 3_600_000);
  expect([...record.daily.times]).toEqual(closes);
  expect([...record.daily.values]).toEqual([100_000, 100_000, 150_000]);
  expect(record).toMatchObject({ startTime: closes[0], endTime: closes[2], startEquity: 100_000, stepsInMarket: 2 });
});

test.each([true, false])('a drawdown cannot start before the first bar, curve shown: %s', wantsCurve => {
  const strategy = defineStrategy({
    name: 'buy',
    indicators: ({ close }) => ({ mean: sma(close, 600) }),
    onBar: ({ order }) => order.target(1),
  });
  const { record } = run(strategy, daily([...flat(600), at(100), at(50)]), {}, { wantsCurve });
  const [firstBar, trough] = [599, 601].map(day => opening(day) + 6.5 * 3_600_000);
  expect(record.drawdown).toEqual({ depth: 0.5, peakTime: firstBar, troughTime: trough, recoveryTime: null });
});
