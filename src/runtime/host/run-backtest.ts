/**
 * One backtest, from a strategy's file to a stored result.
 * What can go on side by side does: the thread starts and the store opens while the strategy is bundled and data is
 * read.
 */
import { defined } from '../base/defined.ts';
import type { RunSummary } from '../bundle/abi.ts';
import type { BacktestOptions } from './backtest-options.ts';
import { DEFAULT_LIMITS, type ExecuteOptions, type Executor } from './executor.ts';
import { startExecutor } from './executors/start-executor.ts';
import { planRun, type RunPlan } from './plan-run.ts';
import { RunCollector } from './run-collector.ts';
import { draftRun, finishDraft, type RunDraft } from './run-draft.ts';
import { keepRun } from './store/keep-run.ts';
import { openStore, type RunStore } from './store/open-store.ts';
import { newRunId } from './store/run-id.ts';
import type { RunRows, StoredRun } from './store/stored-run.ts';
import { warmEncoder } from './store/table-file.ts';
import { together } from './together.ts';
import { weighRun } from './weigh-run.ts';

export interface BacktestResult {
  readonly run: StoredRun;
  readonly rows: RunRows;
  /** With `range`: what the optimistic run came to. */
  readonly optimistic?: RunSummary;
  /** What went wrong when the result was there already: it could not be stored, or it differs from an earlier one. */
  readonly failure?: unknown;
}

/** Throws the coded errors of its parts; of several at once the most urgent (`together.ts`). */
export async function runBacktest(options: BacktestOptions): Promise<BacktestResult> {
  const { projectDir, keep, signal, onProgress } = options;
  const limits = { ...DEFAULT_LIMITS, ...defined(options.limits) };
  const runId = newRunId();
  const execute = {
    limits,
    ...(signal && { signal }),
    onProgress: (step: number, steps: number) => onProgress?.(runId, step, steps),
  };
  await using cleanUp = new AsyncDisposableStack();
  const executor = startExecutor(options.executor);
  cleanUp.defer(() => executor.close());
  executor.prepare(limits);
  const opening = keep ? openStore(projectDir) : Promise.resolve(undefined);
  cleanUp.defer(() => closeStore(opening));
  const [plan, store] = await together([planRun(options, executor, execute), opening]);
  const draft = draftRun(runId, options, plan);
  options.onPlanned?.(draft);
  const made = await executeRun(draft, options, plan, executor, execute);
  const optimistic = options.range && (await runOptimistic(plan, executor, execute));
  return { ...(await finishRun(draft, made, store, projectDir)), ...(optimistic && { optimistic }) };
}

/** What a run came to. */
export interface MadeRun extends Pick<StoredRun, 'summary' | 'elapsedMs' | 'executor'> {
  /** Has all chunks. */
  readonly collector: RunCollector;
}

/** The run's record, weighed against other trials; kept where there is a store. */
export async function finishRun(
  draft: RunDraft,
  { collector, summary, elapsedMs, executor }: MadeRun,
  store: RunStore | undefined,
  projectDir: string,
): Promise<Omit<BacktestResult, 'optimistic'>> {
  const resultHash = collector.resultHash(summary);
  const finished = finishDraft(draft, summary, { resultHash, elapsedMs, executor });
  const run = await weighRun(finished, store, projectDir);
  const rows = collector.rows();
  const failure = store && (await keepRun(store, run, rows).catch((error: unknown) => error));
  return { run, rows, ...(failure !== undefined && { failure }) };
}

function runOptimistic({ bundle, input }: RunPlan, executor: Executor, execute: ExecuteOptions): Promise<RunSummary> {
  const options = { ...input.options, ambiguousBars: 'best' } as const;
  return executor.run(bundle, { ...input, options }, () => {}, execute);
}

/** Also where something else failed meanwhile. */
async function closeStore(opening: Promise<RunStore | undefined>): Promise<void> {
  const store = await opening.catch(() => undefined);
  store?.[Symbol.dispose]();
}

async function executeRun(
  draft: RunDraft,
  options: BacktestOptions,
  { bundle, input }: RunPlan,
  executor: Executor,
  execute: ExecuteOptions,
): Promise<MadeRun> {
  const collector = new RunCollector();
  const startMs = performance.now();
  const onChunk: Parameters<Executor['run']>[2] = chunk => {
    collector.add(chunk);
    options.onChunk?.(draft.runId, chunk);
  };
  const running = executor.run(bundle, input, onChunk, execute);
  if (options.keep) void warmEncoder();
  const summary = await running;
  return { collector, summary, elapsedMs: performance.now() - startMs, executor: executor.name };
}
