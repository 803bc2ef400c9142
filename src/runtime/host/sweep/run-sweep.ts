/**
 * One sweep, from a strategy's file to all its runs: plan, slices on all workers, proof. What is done is kept as it
 * comes, so a sweep that was interrupted goes on where it was when it is run again.
 */
import { defined } from '../../base/defined.ts';
import { GoboolError } from '../../base/error.ts';
import type { SweepOutcome } from '../../report/sweep-outcome.ts';
import { rankRuns } from '../../sweep/ranking.ts';
import { DEFAULT_LIMITS, type ExecuteOptions, type Executor } from '../executor.ts';
import { feedRanges } from '../plan-facts.ts';
import { openStore } from '../store/open-store.ts';
import { checkAlone } from './check-alone.ts';
import { keepRuns } from './keep-runs.ts';
import { localPool } from './local-pool.ts';
import { planSweep, type SweepPlan } from './plan-sweep.ts';
import type { SlicePool } from './slice-pool.ts';
import { type DoneRun, forgetSweep, readSweepLog } from './sweep-log.ts';
import type { SweepOptions } from './sweep-options.ts';
import { isComplete, sweepFolder, writeSweep } from './sweep-store.ts';

/** Throws the coded errors of its parts, GB_SWEEP_STATE among them (`check-alone.ts`). */
export async function runSweep(options: SweepOptions): Promise<SweepOutcome> {
  const startMs = performance.now();
  const limits = { ...DEFAULT_LIMITS, ...defined(options.limits) };
  const execute = { limits, ...(options.signal && { signal: options.signal }) };
  await using pool = startPool(options);
  pool.prepare(limits);
  const plan = await planSweep(options, pool.executor, execute);
  using keeper = options.keep ? await openKeeper(options, plan) : undefined;
  const before = keeper?.before ?? [];
  const now = await runMissing(options, plan, before, { pool, execute, keep: keeper?.keep });
  const runs = [...before, ...now].sort((a, b) => a.index - b.index);
  if (now.length > 0 || keeper?.isProved === false) {
    await prove(runs, options, plan, pool.executor, execute).catch((error: unknown) => {
      // A proof that was only interrupted says nothing against the runs.
      if (error instanceof GoboolError && error.code === 'GB_SWEEP_STATE') keeper?.forget();
      throw error;
    });
  }
  const { workers, executor } = pool;
  const elapsedMs = performance.now() - startMs;
  const facts = { resumed: before.length, workers, executor: executor.name, elapsedMs };
  const outcome = { ...describeSweep(options, plan, facts), runs };
  if (options.keep) writeSweep(options.projectDir, outcome);
  return outcome;
}

function startPool({ executor, workers }: SweepOptions): SlicePool {
  return typeof executor === 'function' ? executor() : localPool(executor, workers);
}

/** What was done before, and how what is done now is kept. */
async function openKeeper(options: SweepOptions, plan: SweepPlan) {
  const folder = sweepFolder(options.projectDir, plan.sweepId);
  if (options.fresh) forgetSweep(folder);
  const before = readSweepLog(folder);
  const store = await openStore(options.projectDir);
  return {
    before,
    /** A sweep is proved before it counts as complete. */
    isProved: isComplete(folder),
    keep: (runs: readonly DoneRun[]): void => keepRuns(store, folder, options, plan, runs),
    forget: () => forgetSweep(folder),
    [Symbol.dispose]: () => store[Symbol.dispose](),
  };
}

interface Means {
  readonly pool: SlicePool;
  readonly execute: ExecuteOptions;
  readonly keep: ((runs: readonly DoneRun[]) => void) | undefined;
}

/** Runs the sets that are not done yet, in any order. */
async function runMissing(
  { onProgress }: SweepOptions,
  { run, space: { sets }, metrics, stepsPerRun }: SweepPlan,
  before: readonly DoneRun[],
  { pool, execute, keep }: Means,
): Promise<readonly DoneRun[]> {
  const done = new Set(before.map(({ index }) => index));
  const missing = [...sets.keys()].filter(index => !done.has(index));
  const runs: DoneRun[] = [];
  const paramsOf = (index: number) => sets[index] ?? {};
  const report = () => {
    const runsDone = before.length + runs.length;
    onProgress?.({ runs: sets.length, runsDone, resumed: before.length, barsDone: runs.length * stepsPerRun });
  };
  const work = {
    bundle: run.bundle,
    indices: missing,
    inputOf: (slice: readonly number[]) => ({ ...run.input, sets: slice.map(paramsOf), metrics }),
    stepsPerRun,
    onRows(slice: readonly number[], rows: readonly Omit<DoneRun, 'index' | 'params'>[]) {
      const added = rows.map((row, at) => {
        const index = slice[at] ?? -1;
        return { index, params: paramsOf(index), ...row };
      });
      keep?.(added);
      runs.push(...added);
      report();
    },
  };
  report();
  await pool.run(work, execute);
  return runs;
}

/**
 * Runs two sets alone: the best, because it is what a reader believes, and the last, because others ran before it on
 * its thread.
 */
async function prove(
  runs: readonly DoneRun[],
  { objective }: SweepOptions,
  { run }: SweepPlan,
  executor: Executor,
  execute: ExecuteOptions,
): Promise<void> {
  const chosen = new Set([rankRuns(runs, objective).at(0), runs.at(-1)]);
  await Promise.all([...chosen].map(each => each && checkAlone(each, run, executor, execute)));
}

type Facts = Pick<SweepOutcome, 'resumed' | 'workers' | 'executor' | 'elapsedMs'>;

function describeSweep(options: SweepOptions, plan: SweepPlan, facts: Facts): Omit<SweepOutcome, 'runs'> {
  const { run, space, sweepId, sweepKey, stepsPerRun } = plan;
  return {
    ...facts,
    sweepId,
    sweepKey,
    createdMs: Date.now(),
    strategy: run.description.name,
    file: options.file,
    datasets: feedRanges(run),
    options: run.input.options,
    flags: options.flags ?? '',
    from: options.from ?? null,
    to: options.to ?? null,
    axes: space.axes,
    fixed: space.fixed,
    kind: space.kind,
    where: options.space.where ?? null,
    objective: options.objective,
    stepsPerRun,
  };
}
