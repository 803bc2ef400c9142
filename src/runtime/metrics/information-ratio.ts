import type { Metric } from './metric.ts';
import type { RelativeStatistics } from './relative-statistics.ts';

const DEFINITION =
  "Mean daily return beyond the benchmark's over its standard deviation (n - 1), times the root of periods per year.";

/** Grinold and Kahn, "Active Portfolio Management", 1995. Undefined where both curves move alike. */
export function informationRatio(relative: RelativeStatistics, periodsPerYear: number): Metric {
  const { n, mean, benchmarkMean, trackingError } = relative;
  const value = trackingError === 0 ? null : ((mean - benchmarkMean) / trackingError) * Math.sqrt(periodsPerYear);
  return { value, unit: 'number', n, definition: DEFINITION };
}
