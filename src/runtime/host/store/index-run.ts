/** Enters a run into the index: its row, and its trial in the ledger. */
import { insertTrials, type Trial } from './count-trials.ts';
import { inTransaction, type RunStore } from './open-store.ts';
import { runValues } from './run-values.ts';
import type { StoredRun } from './stored-run.ts';

/** An earlier run of the same inputs that gave something else. */
export interface Conflict {
  readonly resultHash: string;
  /** Undefined if the earlier run was removed. */
  readonly runId: string | undefined;
}

/** A run that is there already is not counted again. Returns the conflict with an earlier run of the same `runKey`. */
export function indexRun(store: RunStore, run: StoredRun): Conflict | undefined {
  return inTransaction(store, () => {
    if (insertRun(store, run)) insertTrials(store, [trialOf(run)], 1);
    return findConflict(store, run);
  });
}

function insertRun({ index }: RunStore, run: StoredRun): boolean {
  const { changes } = index
    .prepare(
      `INSERT INTO runs (run_id, run_key, result_hash, created_ms, strategy, params, datasets, state, metrics)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (run_id) DO NOTHING`,
    )
    .run(
      run.runId,
      run.runKey,
      run.resultHash,
      run.createdMs,
      run.strategy,
      JSON.stringify(run.params),
      JSON.stringify(run.datasets.map(({ dataset }) => dataset)),
      run.summary.state,
      JSON.stringify(runValues(run.summary)),
    );
  return changes === 1;
}

/** What the ledger keeps of a run. */
export function trialOf(run: StoredRun): Trial {
  const { sharpe } = run.summary.metrics;
  return {
    runKey: run.runKey,
    resultHash: run.resultHash,
    strategy: run.strategy,
    datasets: run.datasets.map(({ dataset }) => dataset),
    params: run.params,
    sharpe: sharpe?.value ?? null,
    samples: sharpe?.n ?? 0,
    createdMs: run.createdMs,
  };
}

function findConflict({ index }: RunStore, { runKey, resultHash }: StoredRun): Conflict | undefined {
  const trial = index.prepare('SELECT result_hash FROM trials WHERE run_key = ?').get(runKey);
  const firstHash = String(trial?.result_hash);
  if (firstHash === resultHash) return undefined;
  const earlier = index
    .prepare('SELECT run_id FROM runs WHERE run_key = ? AND result_hash = ? ORDER BY created_ms LIMIT 1')
    .get(runKey, firstHash);
  return { resultHash: firstHash, runId: earlier && String(earlier.run_id) };
}
