/** Keeps a run: its folder first, then its row in the index. */
import { type Conflict, indexRun } from './index-run.ts';
import type { RunStore } from './open-store.ts';
import type { RunRows, StoredRun } from './stored-run.ts';
import { writeRun } from './write-run.ts';

/** Returns the conflict with an earlier run of the same `runKey` that gave another result; both are kept. */
export async function recordRun(store: RunStore, run: StoredRun, rows: RunRows): Promise<Conflict | undefined> {
  await writeRun(store, run, rows);
  return indexRun(store, run);
}
