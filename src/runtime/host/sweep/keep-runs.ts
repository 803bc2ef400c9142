/**
 * Keeps the runs of a slice: first as trials in the ledger, then in the sweep's log, so that none is ever uncounted.
 */
import { runKeys } from '../run-key.ts';
import { countTrials } from '../store/count-trials.ts';
import type { RunStore } from '../store/open-store.ts';
import type { SweepDraft } from './sweep-draft.ts';
import { appendToSweepLog, type DoneRun } from './sweep-log.ts';

export function keepRuns(
  store: RunStore,
  folder: string,
  { outcome: { strategy, datasets }, keyParts }: SweepDraft,
  runs: readonly DoneRun[],
): void {
  const keyOf = runKeys(keyParts);
  const shared = { strategy, datasets: datasets.map(({ dataset }) => dataset), createdMs: Date.now() };
  const trials = runs.map(({ params, resultHash, metrics, samples }) => {
    return {
      ...shared,
      runKey: keyOf(params),
      resultHash,
      params,
      sharpe: metrics.sharpe ?? null,
      samples,
    };
  });
  countTrials(store, trials);
  appendToSweepLog(folder, runs);
}
