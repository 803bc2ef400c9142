/** Weighs a run against all trials before it, and warns where luck explains it. */
import { counted, grouped } from '../base/format.ts';
import { deflatedSharpe, type TrialStatistics } from './deflated-sharpe.ts';
import type { Metric } from './metric.ts';
import type { RunSummary, RunWarning } from './summary.ts';

export const LIKELY_LUCK = 'likely-luck';

/** The usual bar: one in twenty strategies without skill would pass it. */
const CONFIDENT = 0.95;

/** The summary with its deflated Sharpe ratio; the warning comes first, because it weighs more than all others. */
export function weighedAgainstTrials(summary: RunSummary, statistics: TrialStatistics): RunSummary {
  const deflated = deflatedSharpe(summary.metrics, statistics);
  const metrics = { ...summary.metrics, deflatedSharpe: deflated };
  return { ...summary, metrics, warnings: [...likelyLuck(deflated, summary.metrics.sharpe), ...summary.warnings] };
}

/** A loss needs no luck to explain it, and a single trial has had none. */
function likelyLuck({ value, detail }: Metric, sharpe: Metric | undefined): RunWarning[] {
  const { trials, expectedMaximum } = detail ?? {};
  if (value === null || value >= CONFIDENT || trials == null || trials < 2) return [];
  if (expectedMaximum == null || sharpe?.value == null || sharpe.value <= 0) return [];
  const tried = `${counted(trials, 'trial')} of this strategy on this data`;
  const best = `the best of as many without skill would reach a Sharpe ratio near ${grouped(expectedMaximum, 2)}`;
  const own = `this run has ${grouped(sharpe.value, 2)} (deflated Sharpe ${grouped(value, 2)}, below ${CONFIDENT})`;
  return [{ code: LIKELY_LUCK, message: `${tried}: ${best}, ${own}; test it on data that no trial has seen.` }];
}
