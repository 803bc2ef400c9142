/**
 * A run before its result: all of its record that is known once it is planned, as plain data. Whoever has it can finish
 * the run's record wherever and whenever the result arrives.
 */
import type { RunSummary, RunWarning } from '../bundle/abi.ts';
import type { BacktestOptions } from './backtest-options.ts';
import { dataWarnings, feedRanges, runKeyOf } from './plan-facts.ts';
import type { RunPlan } from './plan-run.ts';
import type { StoredRun } from './store/stored-run.ts';

/** What is known only afterwards. */
type Outcome = Pick<StoredRun, 'createdMs' | 'resultHash' | 'elapsedMs' | 'executor' | 'summary'>;

export interface RunDraft extends Omit<StoredRun, keyof Outcome> {
  /** Of its data: they go before those of the run. */
  readonly warnings: readonly RunWarning[];
}

export function draftRun(runId: string, options: Omit<BacktestOptions, 'executor'>, plan: RunPlan): RunDraft {
  const { bundle, description, input } = plan;
  return {
    runId,
    runKey: runKeyOf(options, plan),
    strategy: description.name,
    file: options.file,
    params: input.params,
    datasets: feedRanges(plan),
    products: [...new Set(input.feeds.map(feed => feed.product.id))],
    from: options.from ?? null,
    to: options.to ?? null,
    prices: options.prices,
    options: input.options,
    bundleHash: bundle.hash,
    warnings: dataWarnings(plan),
  };
}

export function finishDraft(
  { warnings, ...draft }: RunDraft,
  summary: RunSummary,
  made: Omit<Outcome, 'createdMs' | 'summary'>,
): StoredRun {
  return {
    ...draft,
    ...made,
    createdMs: Date.now(),
    summary: { ...summary, warnings: [...warnings, ...summary.warnings] },
  };
}
