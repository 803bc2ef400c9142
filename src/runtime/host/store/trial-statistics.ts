/** What the ledger knows of a run's family. */
import type { DatabaseSync } from 'node:sqlite';
import type { TrialStatistics } from '../../metrics/deflated-sharpe.ts';
import type { Trial } from './count-trials.ts';

/** Equal results are one trial, and one without a Sharpe ratio is none. */
const FAMILY = `
  SELECT count(*) AS trials, total(sharpe) AS sum, total(sharpe * sharpe) AS squares,
         total(result_hash = $resultHash) AS known
  FROM (
    SELECT DISTINCT result_hash, sharpe FROM trials
    WHERE strategy = $strategy AND datasets = $datasets AND sharpe IS NOT NULL
  )`;

/** The family's trials with this run among them, counted or not. */
export function trialStatistics(
  index: DatabaseSync | undefined,
  { strategy, datasets, resultHash, sharpe }: Pick<Trial, 'strategy' | 'datasets' | 'resultHash' | 'sharpe'>,
): TrialStatistics {
  const family = index?.prepare(FAMILY).get({ strategy, datasets: JSON.stringify(datasets), resultHash }) ?? {};
  const own = sharpe !== null && Number(family.known ?? 0) === 0 ? sharpe : undefined;
  const trials = Number(family.trials ?? 0) + (own === undefined ? 0 : 1);
  const sum = Number(family.sum ?? 0) + (own ?? 0);
  const squares = Number(family.squares ?? 0) + (own ?? 0) ** 2;
  const trialVariance = trials < 2 ? 0 : Math.max(0, (squares - (sum * sum) / trials) / (trials - 1));
  return { trials, trialVariance };
}
