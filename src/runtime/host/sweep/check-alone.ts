/**
 * Proves a run of a sweep by running it alone. Runs of one thread share the variables of the strategy's files; a
 * strategy that keeps something there gives other results in a sweep than in a backtest.
 */
import { GoboolError } from '../../base/error.ts';
import type { SweepRun } from '../../sweep/sweep-result.ts';
import type { ExecuteOptions, Executor } from '../executor.ts';
import type { RunPlan } from '../plan-run.ts';
import { ResultHasher } from '../result-hash.ts';

/** Throws GB_SWEEP_STATE. */
export async function checkAlone(
  { params, resultHash }: SweepRun,
  { bundle, input }: RunPlan,
  executor: Executor,
  execute: ExecuteOptions,
): Promise<void> {
  const hasher = new ResultHasher();
  const summary = await executor.run(bundle, { ...input, params }, chunk => hasher.update(chunk), execute);
  const alone = hasher.finish(summary);
  if (alone === resultHash) return;
  const set = Object.entries(params).map(([name, value]) => `${name}=${value}`);
  throw new GoboolError(
    'GB_SWEEP_STATE',
    `With ${set.join(' ')} the sweep gave ${resultHash.slice(0, 12)}, the run alone ${alone.slice(0, 12)}.`,
  );
}
