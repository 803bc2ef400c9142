import type { Metric } from './metric.ts';
import type { ReturnStatistics } from './return-statistics.ts';

const DEFINITION = 'Standard deviation (n - 1) of daily returns, times the square root of the periods per year.';

export function volatility({ n, deviation }: ReturnStatistics, periodsPerYear: number): Metric {
  const value = n < 2 ? null : deviation * Math.sqrt(periodsPerYear);
  return { value, unit: 'ratio', n, definition: DEFINITION };
}
