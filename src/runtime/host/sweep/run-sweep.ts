/** One sweep, from a strategy's file to all its runs: plan, slices on all workers, proof. */
import { defined } from '../../base/defined.ts';
import type { SweepOutcome } from '../../report/sweep-outcome.ts';
import type { ParamSet } from '../../sweep/sweep-result.ts';
import { DEFAULT_LIMITS, type ExecuteOptions, type Executor } from '../executor.ts';
import type { RunPlan } from '../plan-run.ts';
import { ResultHasher } from '../result-hash.ts';
import { finishSweep } from './finish-sweep.ts';
import { localPool } from './local-pool.ts';
import { planSweep } from './plan-sweep.ts';
import type { SlicePool } from './slice-pool.ts';
import { draftSweep } from './sweep-draft.ts';
import type { SweepOptions } from './sweep-options.ts';

/** Throws the coded errors of its parts, GB_SWEEP_STATE among them (`check-alone.ts`). */
export async function runSweep(options: SweepOptions): Promise<SweepOutcome> {
  const startMs = performance.now();
  const limits = { ...DEFAULT_LIMITS, ...defined(options.limits) };
  const execute = { limits, ...(options.signal && { signal: options.signal }) };
  await using pool = startPool(options);
  pool.prepare(limits);
  const plan = await planSweep(options, pool.executor, execute);
  const draft = draftSweep(options, plan);
  return await finishSweep(draft, options, {
    startMs,
    executor: pool.executor.name,
    workers: () => pool.workers,
    run: async (indices, onRows) => {
      options.onPlanned?.(draft, indices);
      const { run, metrics, stepsPerRun } = plan;
      const setsOf = (slice: readonly number[]) => slice.map(index => draft.sets[index] ?? {});
      const inputOf = (slice: readonly number[]) => ({ ...run.input, sets: setsOf(slice), metrics });
      await pool.run({ bundle: run.bundle, indices, inputOf, stepsPerRun, onRows }, execute);
    },
    runAlone: params => runAlone(params, plan.run, pool.executor, execute),
  });
}

function startPool({ executor, workers }: SweepOptions): SlicePool {
  return typeof executor === 'function' ? executor() : localPool(executor, workers);
}

async function runAlone(
  params: ParamSet,
  { bundle, input }: RunPlan,
  executor: Executor,
  execute: ExecuteOptions,
): Promise<string> {
  const hasher = new ResultHasher();
  const summary = await executor.run(bundle, { ...input, params }, chunk => hasher.update(chunk), execute);
  return hasher.finish(summary);
}
