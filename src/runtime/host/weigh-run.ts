import { weighedAgainstTrials } from '../metrics/likely-luck.ts';
import { trialOf } from './store/index-run.ts';
import type { RunStore } from './store/open-store.ts';
import { peekTrials } from './store/peek-trials.ts';
import { withSqliteErrors } from './store/sqlite-error.ts';
import type { StoredRun } from './store/stored-run.ts';
import { trialStatistics } from './store/trial-statistics.ts';

/**
 * The run with its deflated Sharpe ratio, weighed against the trials in the project's ledger.
 * `store`: where the run will be kept; undefined for a run that leaves no trace, which reads the ledger all the same.
 */
export async function weighRun(run: StoredRun, store: RunStore | undefined, projectDir: string): Promise<StoredRun> {
  const trial = trialOf(run);
  const statistics =
    store === undefined
      ? await peekTrials(projectDir, trial)
      : withSqliteErrors(store.indexPath, () => trialStatistics(store.index, trial));
  return statistics === undefined ? run : { ...run, summary: weighedAgainstTrials(run.summary, statistics) };
}
