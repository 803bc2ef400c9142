/**
 * Dialects: the statistics of a result as other engines compute them from the same equity and trades.
 * A dialect is a view. What is stored, ranked and hashed is always native, so that any run, also an old one, can be
 * seen in any dialect, and the trial ledger compares like with like. What a peer does not compute stays native; what a
 * peer shows as 0 or NaN because it is not defined is null.
 */
import type { MetricTable } from '../metric.ts';
import type { RunSummary } from '../summary.ts';
import { backtestingPyMetrics } from './backtesting-py.ts';
import { leanMetrics } from './lean.ts';

export const METRIC_DIALECTS = ['native', 'lean', 'backtesting.py'] as const;

export type MetricDialect = (typeof METRIC_DIALECTS)[number];

/** What replaces a summary's native metrics, and those of its benchmark. */
export interface DialectMetrics {
  readonly metrics: MetricTable;
  readonly benchmark: MetricTable;
}

const VIEWS: Readonly<Record<Exclude<MetricDialect, 'native'>, (native: RunSummary) => DialectMetrics>> = {
  lean: leanMetrics,
  'backtesting.py': backtestingPyMetrics,
};

/** `native` gives the summary as it is; so does a run that never started, which has nothing to compute. */
export function inDialect(native: RunSummary, dialect: MetricDialect): RunSummary {
  if (dialect === 'native' || native.daily.times.length === 0) return native;
  const { metrics, benchmark } = VIEWS[dialect](native);
  return {
    ...native,
    dialect,
    metrics: { ...native.metrics, ...metrics },
    benchmark: { ...native.benchmark, metrics: { ...native.benchmark.metrics, ...benchmark } },
  };
}
