/**
 * Proves a run of a sweep by running it alone. Runs of one thread share the variables of the strategy's files; a
 * strategy that keeps something there gives other results in a sweep than in a backtest.
 */
import { GoboolError } from '../../base/error.ts';
import type { ParamSet, SweepRun } from '../../sweep/sweep-result.ts';

/** The result hash of one set, run by itself. */
export type RunAlone = (params: ParamSet) => Promise<string>;

/** Throws GB_SWEEP_STATE. */
export async function checkAlone({ params, resultHash }: SweepRun, runAlone: RunAlone): Promise<void> {
  const alone = await runAlone(params);
  if (alone === resultHash) return;
  const set = Object.entries(params).map(([name, value]) => `${name}=${value}`);
  throw new GoboolError(
    'GB_SWEEP_STATE',
    `With ${set.join(' ')} the sweep gave ${resultHash.slice(0, 12)}, the run alone ${alone.slice(0, 12)}.`,
  );
}
