import { describe, expect, test } from 'vitest';
import type { EquityCurve } from '../../../src/runtime/metrics/curve.ts';
import { curveMetrics } from '../../../src/runtime/metrics/curve-metrics.ts';
import { CURVE_METRIC_NAMES } from '../../../src/runtime/metrics/metric-names.ts';
import { DAY, START } from './records.ts';

const NO_DRAWDOWN = { depth: 0, peakTime: START, troughTime: START, recoveryTime: null };

function curve(daily: readonly number[], changes: Partial<EquityCurve> = {}): EquityCurve {
  const endTime = START + Math.max(0, daily.length - 1) * DAY;
  const base = { startTime: START, endTime, periodsPerYear: 252, drawdown: NO_DRAWDOWN, steps: daily.length };
  return { daily: Float64Array.from(daily), ...base, ...changes };
}

function values(of: EquityCurve): Record<string, number | null> {
  return Object.fromEntries(Object.entries(curveMetrics(of)).map(([name, metric]) => [name, metric.value]));
}

describe('reference', () => {
  // Python 3, module statistics: stdev and mean of b / a - 1; the drawdown is 101,000 to 99,500.
  const equity = [100_000, 101_000, 99_500, 102_000, 101_200, 104_000, 103_000, 106_500];
  const drawdown = { depth: 1500 / 101_000, peakTime: START, troughTime: START + DAY, recoveryTime: START + 3 * DAY };
  const metrics = curveMetrics(curve(equity, { drawdown }));

  test.each([
    ['totalReturn', 0.065],
    ['cagr', 25.733970397275403],
    ['volatility', 0.3196240549631728],
    ['sharpe', 7.260751267171359],
    ['sortino', 19.98583889069958],
    ['maxDrawdown', 0.01485148514851485],
    ['calmar', 1732.7540067498771],
  ] as const)('%s', (name, expected) => {
    expect(metrics[name].value).toBeCloseTo(expected, 10);
  });

  test('counts its samples: seven returns, eight steps', () => {
    for (const name of CURVE_METRIC_NAMES) expect(metrics[name].n).toBe(name === 'maxDrawdown' ? 8 : 7);
  });

  test('a drawdown has its dates, and its days from peak to recovery', () => {
    expect(metrics.maxDrawdown.detail).toEqual({
      peakTime: START,
      troughTime: START + DAY,
      recoveryTime: START + 3 * DAY,
      days: 3,
    });
  });

  test('a drawdown without recovery lasts to the end', () => {
    const lasting = curve(equity, { drawdown: { ...drawdown, recoveryTime: null } });
    expect(curveMetrics(lasting).maxDrawdown.detail).toMatchObject({ recoveryTime: null, days: 7 });
  });
});

describe('by hand', () => {
  test('doubling in four years is 18.92% a year', () => {
    expect(values(curve([100, 200], { endTime: START + 4 * 365.25 * DAY })).cagr).toBeCloseTo(2 ** 0.25 - 1, 12);
  });

  test('returns of +10% and -10%: mean 0, deviation sqrt(0.02), downside sqrt(0.005)', () => {
    const result = values(curve([100, 110, 99], { periodsPerYear: 4 }));
    expect(result.volatility).toBeCloseTo(Math.sqrt(0.02) * 2, 12);
    expect(result.sharpe).toBeCloseTo(0, 12);
    expect(result.sortino).toBeCloseTo(0, 12);
  });

  test('returns of +20% and -10%: Sortino is 0.05 / sqrt(0.01 / 2) a period', () => {
    expect(values(curve([100, 120, 108], { periodsPerYear: 1 })).sortino).toBeCloseTo(0.05 / Math.sqrt(0.005), 12);
  });
});

describe('undefined is null', () => {
  test('one sample has no returns', () => {
    expect(values(curve([100]))).toEqual({
      totalReturn: null,
      cagr: null,
      volatility: null,
      sharpe: null,
      sortino: null,
      maxDrawdown: 0,
      calmar: null,
    });
  });

  test('a run that never started has no metric at all', () => {
    expect(Object.values(values(curve([], { steps: 0 })))).toEqual(new Array(7).fill(null));
  });

  test('flat equity has no Sharpe, Sortino or Calmar', () => {
    const flat = { totalReturn: 0, cagr: 0, volatility: 0, sharpe: null, sortino: null, maxDrawdown: 0, calmar: null };
    expect(values(curve([100, 100, 100]))).toEqual(flat);
  });

  test('a fall by the rounding of one equity is no drawdown, and makes no Calmar', () => {
    const drawdown = { depth: 1.4e-16, peakTime: START, troughTime: START + DAY, recoveryTime: null };
    const metrics = curveMetrics(curve([100, 104, 104], { drawdown }));
    expect([metrics.maxDrawdown.value, metrics.maxDrawdown.detail, metrics.calmar.value]).toEqual([0, undefined, null]);
  });

  test('equal returns have no deviation, although their rounding differs', () => {
    const steady = Array.from({ length: 50 }, (_, day) => 100_000 * 1.001 ** day);
    expect(values(curve(steady))).toMatchObject({ volatility: 0, sharpe: null, sortino: null });
  });

  test('one return has neither deviation nor Sortino', () => {
    expect(values(curve([100, 90]))).toMatchObject({ volatility: null, sharpe: null, sortino: null });
  });

  test('equity below zero has no growth rate', () => {
    expect(values(curve([100, -5]))).toMatchObject({ totalReturn: -1.05, cagr: null, calmar: null });
  });

  test('a gain that no number can annualise has no growth rate', () => {
    expect(values(curve([1, 100], { endTime: START + 1 })).cagr).toBeNull();
  });
});
