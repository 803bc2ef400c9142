/**
 * Keeps the runs of a slice: first as trials in the ledger, then in the sweep's log, so that none is ever uncounted.
 * What a proof refutes leaves both: as a trial it would contradict every later run of the same inputs, which is why one
 * contradicts nothing before its sweep is proved.
 */
import { runKeys } from '../run-key.ts';
import { countTrials, proveTrials, uncountTrials } from '../store/count-trials.ts';
import type { RunStore } from '../store/open-store.ts';
import type { SweepDraft } from './sweep-draft.ts';
import { appendToSweepLog, type DoneRun, forgetSweep } from './sweep-log.ts';

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

/** After the proof. `runs`: all of the sweep. */
export function confirmRuns(store: RunStore, { keyParts }: SweepDraft, runs: readonly DoneRun[]): void {
  const keyOf = runKeys(keyParts);
  proveTrials(
    store,
    runs.map(({ params, resultHash, metrics, samples }) => {
      return { runKey: keyOf(params), resultHash, sharpe: metrics.sharpe ?? null, samples };
    }),
  );
}

/** `runs`: all that were kept, each once. First from the log: what stands there is taken for a trial that counts. */
export function dropRuns(
  store: RunStore,
  folder: string,
  { keyParts }: Pick<SweepDraft, 'keyParts'>,
  runs: readonly DoneRun[],
): void {
  const keyOf = runKeys(keyParts);
  forgetSweep(folder);
  uncountTrials(
    store,
    runs.map(({ params }) => keyOf(params)),
  );
}
