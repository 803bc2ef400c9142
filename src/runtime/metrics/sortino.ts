import type { Metric } from './metric.ts';
import type { ReturnStatistics } from './return-statistics.ts';

const DEFINITION =
  'Mean daily return (target 0) over the root mean square of min(0, return), times the root of the periods per year.';

/** Sortino and Price, "Performance Measurement in a Downside Risk Framework", 1994. Undefined without a losing day. */
export function sortino({ n, mean, downside }: ReturnStatistics, periodsPerYear: number): Metric {
  const value = n < 2 || downside === 0 ? null : (mean / downside) * Math.sqrt(periodsPerYear);
  return { value, unit: 'number', n, definition: DEFINITION };
}
