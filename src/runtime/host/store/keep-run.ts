/** Keeps a run: its folder first, then its row in the index. */
import { GoboolError } from '../../base/error.ts';
import { type Conflict, indexRun } from './index-run.ts';
import type { RunStore } from './open-store.ts';
import type { RunRows, StoredRun } from './stored-run.ts';
import { writeRun } from './write-run.ts';

/**
 * Throws GB_DISK_FULL, GB_PERMISSION, GB_STORE_BUSY; then earlier runs are as they were.
 * Throws GB_NONDETERMINISTIC where an earlier run of the same `runKey` gave another result; both are kept.
 */
export async function keepRun(store: RunStore, run: StoredRun, rows: RunRows): Promise<void> {
  await writeRun(store, run, rows);
  const conflict = indexRun(store, run);
  if (conflict !== undefined) throw nondeterministic(run, conflict);
}

function nondeterministic({ runId, resultHash }: StoredRun, earlier: Conflict): GoboolError {
  const place = earlier.runId === undefined ? ', in a sweep or in a run that was removed' : ` in run ${earlier.runId}`;
  const before = earlier.resultHash + place;
  const hint = 'Please report it, with both runs.';
  const unknown = 'If it was in a sweep, the strategy may keep something outside of `state`. Else please report it.';
  return new GoboolError(
    'GB_NONDETERMINISTIC',
    `The same inputs gave ${resultHash} in run ${runId}, but before ${before}.`,
    {
      hint: earlier.runId === undefined ? unknown : `See \`gobool run compare ${earlier.runId} ${runId}\`. ${hint}`,
    },
  );
}
