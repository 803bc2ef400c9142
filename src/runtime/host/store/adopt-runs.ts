/**
 * Makes index and folders agree: a folder without a row is a run whose process died before the last step, or whose
 * index was lost; a row without a folder is what a death in the middle of a removal leaves.
 */
import { indexRun } from './index-run.ts';
import { inTransaction, type RunStore } from './open-store.ts';
import { readSummary } from './read-run.ts';
import { withSqliteErrors } from './sqlite-error.ts';
import { storedRunIds } from './write-run.ts';

export async function adoptRuns(store: RunStore): Promise<void> {
  if (store.isReadOnly) return;
  const indexed = indexedIds(store);
  const stored = storedRunIds(store);
  for (const runId of stored) {
    if (!indexed.has(runId)) await adopt(store, runId);
  }
  const lost = [...indexed].filter(runId => !stored.includes(runId));
  if (lost.length > 0) forgetRuns(store, lost);
}

/** Takes runs out of the list; the ledger keeps their trials. */
export function forgetRuns(store: RunStore, runIds: readonly string[]): void {
  inTransaction(store, () => {
    const statement = store.index.prepare('DELETE FROM runs WHERE run_id = ?');
    for (const runId of runIds) statement.run(runId);
  });
}

/** A folder that cannot be read stays where it is, for `run show` to report and `run rm` to remove. */
async function adopt(store: RunStore, runId: string): Promise<void> {
  const run = await readSummary(store, runId).catch(() => undefined);
  if (run !== undefined) indexRun(store, run);
}

function indexedIds({ index, indexPath }: RunStore): ReadonlySet<string> {
  const rows = withSqliteErrors(indexPath, () => index.prepare('SELECT run_id FROM runs').all());
  return new Set(rows.map(row => String(row.run_id)));
}
