/** The dialect `lean` by hand, by LEAN's own tests, and by numpy. */
import { describe, expect, test } from 'vitest';
import { dayNumber } from '../../../../src/runtime/market/civil-date.ts';
import { everyDay } from '../../../../src/runtime/metrics/dialects/calendar-days.ts';
import { inDialect } from '../../../../src/runtime/metrics/dialects/dialect.ts';
import {
  alphaTo,
  annualDeviation,
  annualReturn,
  betaTo,
  expectancyOf,
  informationRatioTo,
  normalValueAtRisk,
  sharpeRatio,
  sortinoRatio,
} from '../../../../src/runtime/metrics/dialects/lean-statistics.ts';
import { meanCreditRate } from '../../../../src/runtime/metrics/dialects/us-credit-rate.ts';
import { aSummary, DAY, HOUR, START } from './a-summary.ts';

const of = (...values: number[]): Float64Array => Float64Array.from(values);

describe("LEAN's own tests", () => {
  // Tests/Common/Statistics/PortfolioStatisticsTests.cs: 252 days a year, no rate without risk.
  const returns = of(-0.009025132, 0.003653969, 0, 0);
  const benchmark = of(-0.011587791300935783, 0.0005437578278761854, 0.022165997700413956, 0.006263266301918822);

  test.each([
    ['annual deviation', annualDeviation(returns), 0.0857772727620108],
    ['Sharpe ratio', sharpeRatio(returns, 0), -3.3486737318423],
    ['tracking error', annualDeviation(returns.map((value, i) => value - benchmark[i]!)), 0.187233350684845],
    // Half of the trades win 1.467 times what the others lose, as fractions of 92,000 and of 100,000.
    ['expectancy', expectancyOf([-8000, 10_800], 100_000), 0.5 * 1.467391304347826 - 0.5],
  ])('%s', (_, value, expected) => {
    expect(value).toBeCloseTo(expected, 12);
  });
});

describe('by hand', () => {
  const returns = of(0.01, -0.02, 0.03, -0.04);

  test('the annual return compounds the mean: -0.5% a day', () => {
    expect(annualReturn(returns)).toBeCloseTo(0.995 ** 252 - 1, 12);
  });

  test('Sortino knows only the losing days, around their own mean: -2% and -4% deviate by the root of 0.0002', () => {
    expect(sortinoRatio(returns, 0.01)).toBeCloseTo((0.995 ** 252 - 1.01) / Math.sqrt(0.0002 * 252), 12);
  });

  test('twice the benchmark: beta 2, and the alpha that compounding leaves', () => {
    const half = returns.map(value => value / 2);
    const [own, other] = [0.995 ** 252 - 1, 0.9975 ** 252 - 1];
    expect(betaTo(returns, half)).toBeCloseTo(2, 12);
    expect(alphaTo(returns, half, 0.02)).toBeCloseTo(own - (0.02 + 2 * (other - 0.02)), 12);
    expect(informationRatioTo(returns, half)).toBeCloseTo((own - other) / annualDeviation(half), 12);
  });

  test('value at risk looks back 252 samples, as if they were normal', () => {
    const year = Array.from({ length: 252 }, (_, i) => (i % 2 === 0 ? 0.01 : -0.01));
    const deviation = 0.01 * Math.sqrt(252 / 251);
    expect(normalValueAtRisk(of(-0.9, ...year))).toBeCloseTo(1.6448536269514722 * deviation, 12);
  });

  test('a trade of exactly zero is a loss; without wins or losses the ratio is 0', () => {
    expect(expectancyOf([100, 0, -100], 1000)).toBeCloseTo((1 / 3) * (0.1 / (100 / 1100 / 2)) - 2 / 3, 12);
    expect(expectancyOf([100, 100], 1000)).toBe(0);
    expect(expectancyOf([-100, -100], 1000)).toBe(-1);
    expect(expectancyOf([], 1000)).toBeNaN();
  });
});

describe('samples on calendar days', () => {
  const closing = (day: number): number => START + day * DAY + 21 * HOUR;

  test.each<[string, number[], number[], number[]]>([
    ['a weekend repeats Friday', [closing(2), closing(5), closing(6)], [1, 2, 3], [1, 1, 1, 2, 3]],
    ['a close at midnight belongs to the day before', [START + DAY, START + 2 * DAY], [1, 2], [1, 2]],
    [
      'a start inside a day stands before its end',
      [closing(0) - 5 * HOUR, closing(0), closing(1)],
      [1, 2, 3],
      [1, 2, 3],
    ],
    ['one sample', [closing(3)], [1], [1]],
  ])('%s', (_, times, values, expected) => {
    expect([...everyDay(Float64Array.from(times), Float64Array.from(values))]).toEqual(expected);
  });
});

test('the US primary credit rate of a day is that of the last change; outside of what is known the nearest', () => {
  const mean = (from: [number, number, number], to = from): number =>
    meanCreditRate(dayNumber(...from), dayNumber(...to));
  expect(mean([2003, 6, 25])).toBe(0.0225);
  expect(mean([2003, 6, 26])).toBe(0.02);
  expect(mean([2003, 6, 25], [2003, 6, 28])).toBeCloseTo((2.25 + 3 * 2) / 400, 12);
  expect(mean([1998, 1, 1])).toBe(0.0225);
  expect(mean([2030, 1, 1])).toBe(0.055);
});

describe('a whole result', () => {
  // From a Wednesday to the next Tuesday. numpy 2.4, with a rate of 2.25%.
  const native = aSummary({
    times: [0, 1, 2, 5, 6].map(day => START + day * DAY + 21 * HOUR),
    equity: [1000, 1010, 990, 1020, 1000],
    benchmark: [1000, 1005, 1000, 1008, 1001],
    trades: [
      { pnl: 30, fees: 2 },
      { pnl: -30, fees: 1 },
      { pnl: 5, fees: 0, open: true },
    ],
  });
  const { metrics, benchmark, dialect } = inDialect(native, 'lean');

  test.each([
    ['cagr', 0],
    ['volatility', 0.30075608230651907],
    ['sharpe', 0.052282741337286956],
    ['sortino', 7.215709611426718],
    ['valueAtRisk', 0.031014286140238004],
    ['beta', 3.257125554555329],
    ['alpha', -0.06218339685430074],
    ['informationRatio', -0.038421339939145406],
    // Before fees 32 were won and 29 lost.
    ['profitFactor', 32 / 29],
    ['expectancy', (0.5 * (30 / 1000)) / (30 / 1030) - 0.5],
  ])('%s', (name, expected) => {
    expect(metrics[name]!.value).toBeCloseTo(expected, 10);
    expect(metrics[name]!.definition).toMatch(/^LEAN: /);
  });

  test('counts the samples behind it: the days between the first and the last', () => {
    expect([metrics.sharpe!.n, metrics.valueAtRisk!.n, metrics.expectancy!.n]).toEqual([6, 6, 2]);
  });

  test("the benchmark's curve follows the same formulas", () => {
    expect(benchmark.metrics.volatility!.value).toBeCloseTo(0.09029863700313662, 10);
    expect(benchmark.metrics.sharpe!.value).toBeCloseTo(0.26488963397854864, 10);
    expect(benchmark.metrics.cagr!.value).toBeCloseTo(0.0626894767001347, 10);
  });

  test('says its dialect; what LEAN has not is native, and the native result is as it was', () => {
    expect(dialect).toBe('lean');
    for (const name of ['turnover', 'sqn', 'calmar', 'mae']) expect(metrics[name]).toEqual(native.metrics[name]);
    expect(native.metrics.sharpe!.definition).not.toMatch(/LEAN/);
  });

  test('undefined is null, where LEAN shows 0', () => {
    const flat = aSummary({ times: [START + DAY, START + 2 * DAY], equity: [1000, 1000], benchmark: [1000, 1000] });
    const values = Object.entries(inDialect(flat, 'lean').metrics).filter(([, { definition }]) =>
      /^LEAN/.test(definition),
    );
    expect(Object.fromEntries(values.map(([name, { value }]) => [name, value]))).toEqual({
      cagr: 0,
      volatility: null,
      sharpe: null,
      sortino: null,
      valueAtRisk: null,
      beta: null,
      alpha: null,
      informationRatio: null,
      profitFactor: null,
      expectancy: null,
    });
  });
});
