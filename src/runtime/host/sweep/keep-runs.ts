/**
 * Keeps the runs of a slice: first as trials in the ledger, then in the sweep's log, so that none is ever uncounted.
 */
import { keyPartsOf } from '../plan-facts.ts';
import { runKey } from '../run-key.ts';
import { countTrials } from '../store/count-trials.ts';
import type { RunStore } from '../store/open-store.ts';
import type { SweepPlan } from './plan-sweep.ts';
import { appendToSweepLog, type DoneRun } from './sweep-log.ts';
import type { SweepOptions } from './sweep-options.ts';

export function keepRuns(
  store: RunStore,
  folder: string,
  options: SweepOptions,
  { run }: SweepPlan,
  runs: readonly DoneRun[],
): void {
  const parts = keyPartsOf(options, run);
  const shared = {
    strategy: run.description.name,
    datasets: run.input.feeds.map(({ name }) => name),
    createdMs: Date.now(),
  };
  const trials = runs.map(({ params, resultHash, metrics, samples }) => {
    return {
      ...shared,
      runKey: runKey({ ...parts, params }),
      resultHash,
      params,
      sharpe: metrics.sharpe ?? null,
      samples,
    };
  });
  countTrials(store, trials);
  appendToSweepLog(folder, runs);
}
