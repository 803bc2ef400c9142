/**
 * The dialect `backtesting.py` by hand, where its own package does not go: intraday samples, and what is undefined.
 * `tests/integration/backtesting-py.test.ts` compares it with the package.
 */
import { describe, expect, test } from 'vitest';
import { annualPeriods, coveredSteps } from '../../../../src/runtime/metrics/dialects/backtesting-py-statistics.ts';
import { inDialect } from '../../../../src/runtime/metrics/dialects/dialect.ts';
import { aSummary, DAY, HOUR, START } from './a-summary.ts';

describe('periods of a year', () => {
  /** 0 is 2020-01-01, a Wednesday. */
  const days = (count: number, step = 1): number[] => Array.from({ length: count }, (_, i) => 18_262 + i * step);

  test.each<[string, number[], number]>([
    ['weekends have bars', days(28), 365],
    ['weekdays only', days(28).filter(day => day % 7 !== 2 && day % 7 !== 3), 252],
    ['weekly bars', days(10, 7), 52],
    ['months of 31 days in the middle', [0, 31, 59, 90, 121, 152], 12],
    ['years', days(5, 365), 1],
    ['one sample', days(1), 252],
  ])('%s', (_, samples, expected) => {
    expect(annualPeriods(samples)).toBe(expected);
  });
});

test('steps of overlapping trades count once, and both ends belong to a trade', () => {
  const spans = (...pairs: [number, number][]) => pairs.map(([first, last]) => ({ first, last }));
  expect(coveredSteps([])).toBe(0);
  expect(coveredSteps(spans([3, 5]))).toBe(3);
  expect(coveredSteps(spans([3, 5], [5, 7]))).toBe(5);
  expect(coveredSteps(spans([10, 12], [1, 8], [2, 4]))).toBe(11);
});

describe('a result', () => {
  const close = (day: number): number => START + day * DAY + 21 * HOUR;

  test('of bars shorter than a day: returns go from the end of a day to the next', () => {
    const inside = aSummary({
      times: [close(0) - HOUR, close(0), close(1), close(2)],
      equity: [900, 1000, 1100, 990],
      benchmark: [900, 1000, 1000, 1000],
    });
    const ends = aSummary({
      times: [close(0), close(1), close(2)],
      equity: [1000, 1100, 990],
      benchmark: [1000, 1000, 1000],
    });
    const [own, expected] = [inside, ends].map(each => inDialect(each, 'backtesting.py').metrics);
    expect(own!.volatility).toEqual(expected!.volatility);
    expect(own!.sharpe!.n).toBe(2);
  });

  test('profit factor and expectancy are of returns, exposure of closed trades', () => {
    const trades = [
      { returnRatio: 0.1, entryStep: 0, bars: 1 },
      { returnRatio: -0.04, entryStep: 1, bars: 1 },
      { returnRatio: 5, entryStep: 0, bars: 3, open: true },
    ];
    const times = [0, 1, 2, 3].map(close);
    const native = aSummary({ times, equity: [100, 110, 105, 106], benchmark: [100, 101, 102, 103], trades });
    const { metrics, dialect } = inDialect(native, 'backtesting.py');
    expect(dialect).toBe('backtesting.py');
    expect(metrics.profitFactor!.value).toBeCloseTo(2.5, 12);
    expect(metrics.expectancy).toMatchObject({ unit: 'ratio', n: 2 });
    expect(metrics.expectancy!.value).toBeCloseTo(0.03, 12);
    expect(metrics.exposure!.value).toBe(0.75);
    expect(metrics.informationRatio).toEqual(native.metrics.informationRatio);
  });

  test('without trades, moves or days there is nothing to compute: null', () => {
    const flat = aSummary({ times: [close(0), close(1)], equity: [100, 100], benchmark: [100, 100] });
    const { metrics } = inDialect(flat, 'backtesting.py');
    for (const name of ['volatility', 'sharpe', 'sortino', 'calmar', 'beta', 'alpha', 'profitFactor', 'expectancy'])
      expect([name, metrics[name]!.value]).toEqual([name, null]);
    const one = aSummary({ times: [close(0)], equity: [100], benchmark: [100] });
    expect(inDialect(one, 'backtesting.py').metrics.sharpe!.value).toBeNull();
  });

  test('trades of a run that an earlier version stored do not know their step: no exposure', () => {
    const trades = [{ returnRatio: 0.1, entryStep: Number.NaN, bars: 1 }];
    const old = aSummary({ times: [close(0), close(1)], equity: [100, 101], benchmark: [100, 101], trades });
    expect(inDialect(old, 'backtesting.py').metrics.exposure!.value).toBeNull();
  });

  test('a day that loses everything makes the geometric mean 0', () => {
    const times = [0, 1, 2].map(close);
    const { metrics } = inDialect(aSummary({ times, equity: [100, 50, -5], benchmark: [1, 2, 3] }), 'backtesting.py');
    expect(metrics.sharpe!.value).toBe(0);
    expect(metrics.beta!.value).toBeNull();
  });
});

describe('rounding of equity is no risk', () => {
  // Interest on an idle account: the same return every day, but for the last bits of float64.
  const grown = (rate: number): number[] => Array.from({ length: 700 }, (_, day) => 100_000 * (1 + rate / 365) ** day);
  const times = grown(0).map((_, day) => START + (day + 1) * DAY);
  const benchmark = grown(0).map((_, day) => 100 + (day % 7));

  test.each(['lean', 'backtesting.py'] as const)('%s: no volatility, so no Sharpe ratio', dialect => {
    for (const rate of [0.02, 0.0364, 0.05, 0.1]) {
      const { metrics } = inDialect(aSummary({ times, equity: grown(rate), benchmark }), dialect);
      expect([metrics.volatility!.value, metrics.sharpe!.value, metrics.sortino!.value]).toEqual([0, null, null]);
    }
  });

  test.each(['lean', 'backtesting.py'] as const)('%s: no beta to a benchmark that only earns interest', dialect => {
    for (const rate of [0.02, 0.0364, 0.05, 0.1]) {
      const { metrics } = inDialect(aSummary({ times, equity: benchmark, benchmark: grown(rate) }), dialect);
      expect([metrics.beta!.value, metrics.alpha!.value]).toEqual([null, null]);
    }
  });

  test('backtesting.py: a volatility far below rounding of a growth factor is known all the same', () => {
    const equity = grown(0.05).map((value, day) => value * (1 + (day % 2) * 1e-10));
    const native = aSummary({ times, equity, benchmark });
    const { metrics } = inDialect(native, 'backtesting.py');
    expect(metrics.volatility!.value! / (native.metrics.volatility!.value! * 1.05)).toBeCloseTo(
      Math.sqrt(365 / 252),
      2,
    );
  });
});

test('native, and a run that never started, are the summary itself', () => {
  const some = aSummary({ times: [START + DAY], equity: [100], benchmark: [100] });
  expect(inDialect(some, 'native')).toBe(some);
  const none = { ...some, daily: { times: new Float64Array(0), values: new Float64Array(0) } };
  expect(inDialect(none, 'lean')).toBe(none);
});
