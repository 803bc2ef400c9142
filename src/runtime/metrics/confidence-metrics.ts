import { type EquityCurve, unlessUsedUp } from './curve.ts';
import { undefinedDeflatedSharpe } from './deflated-sharpe.ts';
import type { Metric } from './metric.ts';
import type { ConfidenceMetricName } from './metric-names.ts';
import { probabilisticSharpe } from './probabilistic-sharpe.ts';
import { returnStatistics } from './return-statistics.ts';

/** How sure one may be of the Sharpe ratio of a curve. */
export function confidenceMetrics(
  curve: Pick<EquityCurve, 'daily' | 'periodsPerYear'>,
): Readonly<Record<ConfidenceMetricName, Metric>> {
  const { daily, periodsPerYear } = curve;
  const returns = returnStatistics(daily);
  return {
    probabilisticSharpe: unlessUsedUp(curve, probabilisticSharpe(daily, returns, periodsPerYear)),
    deflatedSharpe: undefinedDeflatedSharpe(returns.n),
  };
}
