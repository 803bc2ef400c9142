import { describe, expect, test } from 'vitest';
import type { EquityCurve } from '../../../src/runtime/metrics/curve.ts';
import { curveMetrics } from '../../../src/runtime/metrics/curve-metrics.ts';
import { withIntervals } from '../../../src/runtime/metrics/intervals.ts';
import type { Interval } from '../../../src/runtime/metrics/metric.ts';
import { curveOfReturns, normalReturns } from './random-returns.ts';

const NAMES = ['cagr', 'volatility', 'sharpe', 'sortino', 'maxDrawdown'] as const;
type Name = (typeof NAMES)[number];

function intervals(curve: EquityCurve): Partial<Record<Name, Interval | undefined>> {
  const metrics = withIntervals(curveMetrics(curve), curve);
  return Object.fromEntries(NAMES.map(name => [name, metrics[name]?.interval]));
}

const width = ({ low, high }: Interval): number => high - low;

/** Losses on every third day, so that nothing is undefined. */
const years = (count: number) => curveOfReturns(normalReturns(7, 252 * count, 0.0006, 0.01));

describe('an interval', () => {
  const curve = years(4);
  const metrics = withIntervals(curveMetrics(curve), curve);

  test.each(['cagr', 'volatility', 'sharpe', 'sortino'] as const)('of %s holds the value', name => {
    const { value, interval } = metrics[name]!;
    expect(interval!.level).toBe(0.95);
    expect(interval!.low).toBeLessThan(value!);
    expect(interval!.high).toBeGreaterThan(value!);
  });

  test('is of metrics of the curve only, and changes no value', () => {
    const names = Object.keys(metrics).filter(name => metrics[name]?.interval !== undefined);
    expect(names).toEqual(['cagr', 'volatility', 'sharpe', 'sortino', 'maxDrawdown']);
    for (const [name, { value }] of Object.entries(curveMetrics(curve))) expect(metrics[name]?.value).toBe(value);
  });

  test('of the drawdown lies between nothing and everything', () => {
    const { low, high } = metrics.maxDrawdown!.interval!;
    expect(low).toBeGreaterThan(0);
    expect(high).toBeLessThan(1);
  });

  test('is the same every time', () => {
    expect(intervals(years(4))).toEqual(intervals(years(4)));
  });

  test('halves when there are four times as many days', () => {
    const [short, long] = [intervals(years(2)), intervals(years(8))];
    for (const name of ['volatility', 'sharpe'] as const) {
      const ratio = width(long[name]!) / width(short[name]!);
      expect(ratio, name).toBeGreaterThan(0.35);
      expect(ratio, name).toBeLessThan(0.65);
    }
  });

  test('of the Sharpe ratio is as wide as theory has it: 2 x 1.96 / sqrt(years)', () => {
    expect(width(intervals(years(4)).sharpe!)).toBeCloseTo((2 * 1.96) / 2, 0);
  });

  test('is wider where a day goes on as the day before: blocks keep that', () => {
    const independent = normalReturns(11, 2520, 0, 0.01);
    let last = 0;
    const trending = independent.map(change => {
      last = 0.6 * last + change;
      return last;
    });
    // The mean of such returns has (1 + 0.6) / (1 - 0.6) = 4 times the variance of independent ones.
    const ratio =
      width(intervals(curveOfReturns(trending)).sharpe!) / width(intervals(curveOfReturns(independent)).sharpe!);
    expect(ratio).toBeGreaterThan(1.5);
    expect(ratio).toBeLessThan(2.2);
  });
});

test('of 300 histories with a known Sharpe ratio, about 95 % hold it', () => {
  const [mean, deviation] = [0.0005, 0.01];
  const truth = (mean / deviation) * Math.sqrt(252);
  let held = 0;
  for (let seed = 1; seed <= 300; seed++) {
    const { low, high } = intervals(curveOfReturns(normalReturns(seed, 504, mean, deviation))).sharpe!;
    if (low <= truth && truth <= high) held++;
  }
  expect(held / 300).toBeGreaterThan(0.91);
  expect(held / 300).toBeLessThan(0.98);
});

describe('there is no interval', () => {
  test('below thirty returns', () => {
    const returns = normalReturns(3, 30, 0.001, 0.01);
    expect(intervals(curveOfReturns(returns)).sharpe).toBeDefined();
    expect(Object.values(intervals(curveOfReturns(returns.slice(1))))).toEqual(NAMES.map(() => undefined));
  });

  test('where equity fell to zero', () => {
    const curve = years(1);
    curve.daily[252] = -5;
    expect(Object.values(intervals(curve))).toEqual(NAMES.map(() => undefined));
  });

  test('for what is not defined: flat equity has a volatility of exactly 0, and no Sharpe ratio', () => {
    const flat = intervals(curveOfReturns(new Array(100).fill(0)));
    expect(flat).toMatchObject({ volatility: { low: 0, high: 0 }, cagr: { low: 0, high: 0 } });
    expect([flat.sharpe, flat.sortino]).toEqual([undefined, undefined]);
  });

  test('where too many histories leave the metric undefined: a single loss is in few of them', () => {
    const returns = normalReturns(5, 100, 0.01, 0.001);
    returns[50] = -0.01;
    const single = intervals(curveOfReturns(returns));
    expect(single.sortino).toBeUndefined();
    expect(single.sharpe).toBeDefined();
  });
});
