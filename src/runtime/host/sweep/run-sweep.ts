/**
 * One sweep, from a strategy's file to all its runs: plan, slices on all workers, proof. What is done is kept as it
 * comes, so a sweep that was interrupted goes on where it was when it is run again.
 */
import { availableParallelism } from 'node:os';
import { defined } from '../../base/defined.ts';
import { GoboolError } from '../../base/error.ts';
import type { SweepOutcome } from '../../report/sweep-outcome.ts';
import { rankRuns } from '../../sweep/ranking.ts';
import { DEFAULT_LIMITS, type ExecuteOptions, type Executor } from '../executor.ts';
import { inlineExecutor } from '../executors/inline-executor.ts';
import { threadExecutor } from '../executors/thread-executor.ts';
import { feedRanges } from '../plan-facts.ts';
import { openStore } from '../store/open-store.ts';
import { checkAlone } from './check-alone.ts';
import { keepRuns } from './keep-runs.ts';
import { planSweep, type SweepPlan } from './plan-sweep.ts';
import { slicesOf } from './slices.ts';
import { type DoneRun, forgetSweep, readSweepLog } from './sweep-log.ts';
import type { SweepOptions } from './sweep-options.ts';
import { isComplete, sweepFolder, writeSweep } from './sweep-store.ts';
import { runSlices } from './worker-pool.ts';

/** Throws the coded errors of its parts, GB_SWEEP_STATE among them (`check-alone.ts`). */
export async function runSweep(options: SweepOptions): Promise<SweepOutcome> {
  const startMs = performance.now();
  const limits = { ...DEFAULT_LIMITS, ...defined(options.limits) };
  const execute = { limits, ...(options.signal && { signal: options.signal }) };
  await using executors = startExecutors(options);
  for (const executor of executors.all) executor.prepare(limits, 'slices');
  const plan = await planSweep(options, executors.first, execute);
  using keeper = options.keep ? await openKeeper(options, plan) : undefined;
  const before = keeper?.before ?? [];
  const now = await runMissing(options, plan, before, { executors: executors.all, execute, keep: keeper?.keep });
  const runs = [...before, ...now].sort((a, b) => a.index - b.index);
  if (now.length > 0 || keeper?.isProved === false) {
    await prove(runs, options, plan, executors.first, execute).catch((error: unknown) => {
      // A proof that was only interrupted says nothing against the runs.
      if (error instanceof GoboolError && error.code === 'GB_SWEEP_STATE') keeper?.forget();
      throw error;
    });
  }
  const facts = { resumed: before.length, workers: executors.all.length, elapsedMs: performance.now() - startMs };
  const outcome = { ...describeSweep(options, plan, facts), runs };
  if (options.keep) writeSweep(options.projectDir, outcome);
  return outcome;
}

interface Executors extends AsyncDisposable {
  readonly first: Executor;
  readonly all: readonly Executor[];
}

/** On the caller's own thread there is one. */
function startExecutors({ executor, workers = availableParallelism() }: SweepOptions): Executors {
  const first = executor === 'inline' ? inlineExecutor() : threadExecutor();
  const others = executor === 'inline' ? [] : Array.from({ length: workers - 1 }, threadExecutor);
  const all = [first, ...others];
  return {
    first,
    all,
    [Symbol.asyncDispose]: async () => void (await Promise.all(all.map(each => each.close()))),
  };
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
  readonly executors: readonly Executor[];
  readonly execute: ExecuteOptions;
  readonly keep: ((runs: readonly DoneRun[]) => void) | undefined;
}

/** Runs the sets that are not done yet, in any order. */
async function runMissing(
  { onProgress }: SweepOptions,
  { run, space: { sets }, metrics, stepsPerRun }: SweepPlan,
  before: readonly DoneRun[],
  { executors, execute, keep }: Means,
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
    slices: slicesOf(missing, executors.length, stepsPerRun),
    inputOf: (slice: readonly number[]) => ({ ...run.input, sets: slice.map(paramsOf), metrics }),
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
  await runSlices(executors, work, execute);
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

type Facts = Pick<SweepOutcome, 'resumed' | 'workers' | 'elapsedMs'>;

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
