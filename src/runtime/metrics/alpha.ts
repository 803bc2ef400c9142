import type { Metric } from './metric.ts';
import type { RelativeStatistics } from './relative-statistics.ts';

const DEFINITION =
  "Mean daily return minus beta times the benchmark's (risk-free rate 0), times the periods per year: Jensen's alpha.";

/** Jensen, "The Performance of Mutual Funds in the Period 1945-1964", 1968. Undefined without beta. */
export function alpha({ n, mean, benchmarkMean }: RelativeStatistics, beta: Metric, periodsPerYear: number): Metric {
  const value = beta.value === null ? null : (mean - beta.value * benchmarkMean) * periodsPerYear;
  return { value, unit: 'ratio', n, definition: DEFINITION };
}
