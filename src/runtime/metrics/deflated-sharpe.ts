/**
 * The Sharpe ratio of a run in view of all that was tried before it: a result that is the best of many is partly luck.
 * A run knows nothing of other runs, so the metric is undefined until a host with a ledger says how many there were.
 */
import type { Metric, MetricTable } from './metric.ts';
import { expectedMaximumSharpe, sharpeProbability } from './sharpe-confidence.ts';

const DEFINITION =
  'Probability that the true Sharpe ratio is above what the best of as many trials without skill would reach.';

/** The trials of a strategy on its data, the run among them. */
export interface TrialStatistics {
  /** Distinct results with a Sharpe ratio. */
  readonly trials: number;
  /** Of their annual Sharpe ratios, with n - 1; 0 for fewer than two. */
  readonly trialVariance: number;
}

/** For a run that is not weighed against others yet. */
export function undefinedDeflatedSharpe(n: number): Metric {
  return { value: null, unit: 'number', n, definition: DEFINITION };
}

/**
 * Bailey and López de Prado, "The Deflated Sharpe Ratio", 2014. Undefined without a Sharpe ratio. With one trial it is
 * the probabilistic Sharpe ratio. `detail.expectedMaximum` is the annual Sharpe ratio that luck is expected to reach.
 */
export function deflatedSharpe(metrics: MetricTable, statistics: TrialStatistics): Metric {
  const metric = undefinedDeflatedSharpe(metrics.sharpe?.n ?? 0);
  const annual = metrics.sharpe?.value ?? null;
  const { skewness, kurtosis, periodsPerYear } = metrics.probabilisticSharpe?.detail ?? {};
  if (annual === null || skewness == null || kurtosis == null || periodsPerYear == null) return metric;
  const { trials, trialVariance } = statistics;
  const expectedMaximum = expectedMaximumSharpe(trials, trialVariance);
  const root = Math.sqrt(periodsPerYear);
  const estimate = { sharpe: annual / root, n: metric.n, skewness, kurtosis };
  const value = sharpeProbability(estimate, expectedMaximum / root);
  return { ...metric, value, detail: { trials, trialVariance, expectedMaximum } };
}
