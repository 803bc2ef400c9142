import type { Metric } from './metric.ts';

const DEFINITION = 'CAGR over the largest drawdown of the whole run.';

/** Young, "Calmar Ratio", 1991, over the whole run instead of 36 months. Undefined without a drawdown. */
export function calmar(cagr: Metric, maxDrawdown: Metric): Metric {
  const depth = maxDrawdown.value ?? 0;
  const value = cagr.value === null || depth === 0 ? null : cagr.value / depth;
  return { value, unit: 'number', n: cagr.n, definition: DEFINITION };
}
