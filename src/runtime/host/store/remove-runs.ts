import { forgetRuns } from './adopt-runs.ts';
import type { RunStore } from './open-store.ts';
import { deleteRunFolder } from './write-run.ts';

/** Removes runs from disk and list. The ledger keeps their trials: over-fitting statistics need the true number. */
export function removeRuns(store: RunStore, runIds: readonly string[]): void {
  for (const runId of runIds) deleteRunFolder(store, runId);
  forgetRuns(store, runIds);
}
