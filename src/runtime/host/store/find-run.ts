/** Which run a person means: an id, the beginning of one, or `last`. */
import { GoboolError } from '../../base/error.ts';
import { adoptRuns } from './adopt-runs.ts';
import type { RunStore } from './open-store.ts';
import { withSqliteErrors } from './sqlite-error.ts';
import { storedRunIds } from './write-run.ts';

/** Throws GB_RUN_MISSING, GB_RUN_AMBIGUOUS. */
export async function findRun(store: RunStore, reference: string): Promise<string> {
  await adoptRuns(store);
  if (reference === 'last') return lastRun(store);
  const matches = storedRunIds(store).filter(runId => runId.startsWith(reference.toLowerCase()));
  const [match] = matches;
  if (match === undefined || reference === '') {
    const hint = 'That is the id of a sweep: `gobool report` takes it, and `gobool run ls --sweeps` lists them.';
    const isSweep = reference.startsWith('s-');
    throw new GoboolError('GB_RUN_MISSING', `There is no run "${reference}".`, isSweep ? { hint } : {});
  }
  if (matches.length > 1) {
    const some = matches.slice(0, 5).join(', ');
    throw new GoboolError('GB_RUN_AMBIGUOUS', `${matches.length} runs begin with "${reference}": ${some}.`);
  }
  return match;
}

function lastRun({ index, indexPath }: RunStore): string {
  const row = withSqliteErrors(indexPath, () =>
    index.prepare('SELECT run_id FROM runs ORDER BY created_ms DESC, run_id LIMIT 1').get(),
  );
  if (row === undefined)
    throw new GoboolError('GB_RUN_MISSING', 'There is no run yet.', {
      hint: 'Make one with `gobool backtest <strategy>`; sweeps are in `gobool run ls --sweeps`.',
    });
  return String(row.run_id);
}
