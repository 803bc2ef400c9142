import { alpha } from './alpha.ts';
import { beta } from './beta.ts';
import { conditionalValueAtRisk } from './conditional-value-at-risk.ts';
import { type EquityCurve, unlessUsedUp } from './curve.ts';
import { informationRatio } from './information-ratio.ts';
import type { Metric } from './metric.ts';
import type { DailyMetricName } from './metric-names.ts';
import { relativeStatistics } from './relative-statistics.ts';
import { valueAtRisk } from './value-at-risk.ts';
import { worstReturns } from './worst-returns.ts';

/** The metrics of daily returns, alone and beside the benchmark's. `benchmark`: its equity at the same times. */
export function dailyMetrics(
  curve: Pick<EquityCurve, 'daily' | 'periodsPerYear'>,
  benchmark: Float64Array,
): Readonly<Record<DailyMetricName, Metric>> {
  const { daily, periodsPerYear } = curve;
  const worst = worstReturns(daily);
  const relative = relativeStatistics(daily, benchmark);
  const sensitivity = beta(relative);
  return {
    valueAtRisk: valueAtRisk(worst),
    conditionalValueAtRisk: conditionalValueAtRisk(worst),
    beta: sensitivity,
    alpha: unlessUsedUp(curve, alpha(relative, sensitivity, periodsPerYear)),
    informationRatio: unlessUsedUp(curve, informationRatio(relative, periodsPerYear)),
  };
}
