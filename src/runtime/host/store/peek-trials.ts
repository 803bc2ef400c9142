import { join } from 'node:path';
import type { TrialStatistics } from '../../metrics/deflated-sharpe.ts';
import type { Trial } from './count-trials.ts';
import { hasStore } from './open-store.ts';
import { trialStatistics } from './trial-statistics.ts';

/**
 * The trials of a run's family, for a run that leaves no trace: nothing is made, locked or migrated.
 * Undefined where there is a ledger and it cannot be read, since nobody knows then how many trials there were.
 */
export async function peekTrials(projectDir: string, trial: Trial): Promise<TrialStatistics | undefined> {
  if (!hasStore(projectDir)) return trialStatistics(undefined, trial);
  const { DatabaseSync } = await import('node:sqlite');
  try {
    using index = new DatabaseSync(join(projectDir, '.gobool', 'index.sqlite'), { readOnly: true });
    return trialStatistics(index, trial);
  } catch {
    return undefined;
  }
}
