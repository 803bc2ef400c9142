import type { Metric } from './metric.ts';
import { returnShape } from './return-shape.ts';
import type { ReturnStatistics } from './return-statistics.ts';
import { sharpeProbability } from './sharpe-confidence.ts';

const DEFINITION =
  'Probability that the true Sharpe ratio is above 0, given the number, skewness and kurtosis of daily returns.';

/**
 * Bailey and López de Prado, "The Sharpe Ratio Efficient Frontier", 2012. Undefined without deviation.
 * Its detail is what the deflated Sharpe ratio needs; a normal distribution has kurtosis 3.
 */
export function probabilisticSharpe(
  equity: Float64Array,
  statistics: ReturnStatistics,
  periodsPerYear: number,
): Metric {
  const { n, mean, deviation } = statistics;
  const metric: Metric = { value: null, unit: 'number', n, definition: DEFINITION };
  if (deviation === 0) return metric;
  const shape = returnShape(equity, statistics);
  const value = sharpeProbability({ sharpe: mean / deviation, n, ...shape }, 0);
  return { ...metric, value, detail: { ...shape, periodsPerYear } };
}
