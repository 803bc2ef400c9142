import { describe, expect, test } from 'vitest';
import { dailyMetrics } from '../../../src/runtime/metrics/daily-metrics.ts';
import type { DailyMetricName } from '../../../src/runtime/metrics/metric-names.ts';

function measured(name: DailyMetricName, equity: readonly number[], benchmark = equity, periodsPerYear = 252) {
  return dailyMetrics({ daily: Float64Array.from(equity), periodsPerYear }, Float64Array.from(benchmark))[name].value;
}

/** A curve of 100 whose returns are these, in thousandths. */
function curveOf(returns: readonly number[]): number[] {
  const equity = [100];
  for (const change of returns) equity.push(equity.at(-1)! * (1 + change / 1000));
  return equity;
}

describe('reference', () => {
  // numpy 2.4: cov and var with ddof=1.
  const equity = [100_000, 101_000, 99_500, 102_000, 101_200, 104_000, 103_000, 106_500];
  const benchmark = [100_000, 100_500, 98_900, 100_100, 100_900, 101_000, 99_800, 102_600];

  test.each([
    ['beta', 1.0464540578380526],
    ['alpha', 1.3272502150316765],
    ['informationRatio', 6.724260371314553],
  ] as const)('%s', (name, expected) => {
    expect(measured(name, equity, benchmark)).toBeCloseTo(expected, 10);
  });

  // numpy 2.4: percentile with method='inverted_cdf', and the mean of the three smallest.
  const returns = Array.from({ length: 60 }, (_, i) => ((i * 37) % 41) - 18);
  test.each([
    ['valueAtRisk', 0.017],
    ['conditionalValueAtRisk', 0.0176666666666667],
  ] as const)('%s', (name, expected) => {
    expect(measured(name, curveOf(returns))).toBeCloseTo(expected, 12);
  });
});

describe('by hand', () => {
  test('twice the benchmark has a beta of 2 and no alpha', () => {
    const benchmark = curveOf([10, -20, 30, 0]);
    const equity = curveOf([20, -40, 60, 0]);
    expect(measured('beta', equity, benchmark)).toBeCloseTo(2, 12);
    expect(measured('alpha', equity, benchmark)).toBeCloseTo(0, 12);
  });

  test('a thousandth a day beyond the benchmark is an alpha of 0.25 in 250 days', () => {
    expect(measured('alpha', curveOf([11, -19, 31, 1]), curveOf([10, -20, 30, 0]), 250)).toBeCloseTo(0.25, 12);
  });

  test('beyond the benchmark by 2 and 0 thousandths: a mean of 1 over a deviation of the root of 2', () => {
    const ratio = measured('informationRatio', curveOf([12, -20]), curveOf([10, -20]), 4);
    expect(ratio).toBeCloseTo(2 / Math.sqrt(2), 10);
  });

  test('of twenty days the worst one is at risk', () => {
    const days = [...new Array(19).fill(5), -30];
    expect(measured('valueAtRisk', curveOf(days))).toBeCloseTo(0.03, 12);
    expect(measured('conditionalValueAtRisk', curveOf(days))).toBeCloseTo(0.03, 12);
  });

  test('a loss is positive, a gain on the worst day negative', () => {
    expect(measured('valueAtRisk', curveOf(new Array(20).fill(1)))).toBeCloseTo(-0.001, 12);
  });
});

describe('undefined is null', () => {
  const NINETEEN = curveOf(new Array(19).fill(1));

  test.each<[string, DailyMetricName, number[], number[]]>([
    ['nineteen returns have no worst twentieth', 'valueAtRisk', NINETEEN, NINETEEN],
    ['nor a mean of it', 'conditionalValueAtRisk', NINETEEN, NINETEEN],
    ['a benchmark that does not move', 'beta', [100, 110, 99], [100, 100, 100]],
    ['and so no alpha', 'alpha', [100, 110, 99], [100, 100, 100]],
    ['one return', 'beta', [100, 110], [100, 105]],
    ['the benchmark itself', 'informationRatio', [100, 110, 99], [100, 110, 99]],
    ['one sample', 'informationRatio', [100], [100]],
  ])('%s', (_, name, equity, benchmark) => {
    expect(measured(name, equity, benchmark)).toBeNull();
  });
});
