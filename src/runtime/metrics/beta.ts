import type { Metric } from './metric.ts';
import type { RelativeStatistics } from './relative-statistics.ts';

const DEFINITION =
  "Covariance of daily returns with the benchmark's over the variance of these (both n - 1): 1 moves with it.";

/** Undefined where the benchmark does not move. */
export function beta({ n, covariance, benchmarkDeviation }: RelativeStatistics): Metric {
  const value = benchmarkDeviation === 0 ? null : covariance / (benchmarkDeviation * benchmarkDeviation);
  return { value, unit: 'number', n, definition: DEFINITION };
}
