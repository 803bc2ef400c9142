import type { Metric } from './metric.ts';
import type { ReturnStatistics } from './return-statistics.ts';

const DEFINITION =
  'Mean daily return (risk-free rate 0) over its standard deviation (n - 1), times the root of the periods per year.';

/** Sharpe, "Mutual Fund Performance", 1966. Undefined without deviation. */
export function sharpe({ n, mean, deviation }: ReturnStatistics, periodsPerYear: number): Metric {
  const value = deviation === 0 ? null : (mean / deviation) * Math.sqrt(periodsPerYear);
  return { value, unit: 'number', n, definition: DEFINITION };
}
