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
import { feedRanges, runKeyOf } from './plan-facts.ts';
import { planRun, type RunPlan } from './plan-run.ts';
import { RunCollector } from './run-collector.ts';
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
  const { run: made, rows } = await executeRun(runId, options, plan, executor, execute);
  const optimistic = options.range && (await runOptimistic(plan, executor, execute));
  const run = await weighRun(made, store, projectDir);
  const failure = store && (await keepRun(store, run, rows).catch((error: unknown) => error));
  return { run, rows, ...(optimistic && { optimistic }), ...(failure !== undefined && { failure }) };
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
  runId: string,
  options: BacktestOptions,
  plan: RunPlan,
  executor: Executor,
  execute: ExecuteOptions,
) {
  const collector = new RunCollector();
  const startMs = performance.now();
  const onChunk: Parameters<Executor['run']>[2] = chunk => {
    collector.add(chunk);
    options.onChunk?.(runId, chunk);
  };
  const running = executor.run(plan.bundle, plan.input, onChunk, execute);
  if (options.keep) void warmEncoder();
  const summary = await running;
  const elapsedMs = performance.now() - startMs;
  const resultHash = collector.resultHash(summary);
  return {
    run: describeRun(options, plan, summary, { runId, resultHash, elapsedMs, executor: executor.name }),
    rows: collector.rows(),
  };
}

type Facts = Pick<StoredRun, 'runId' | 'resultHash' | 'elapsedMs' | 'executor'>;

function describeRun(options: BacktestOptions, plan: RunPlan, summary: RunSummary, facts: Facts): StoredRun {
  const { bundle, description, input, loaded, benchmark } = plan;
  const ofData = new Set([...loaded, ...(benchmark ? [benchmark] : [])].flatMap(data => data.warnings));
  const warnings = [...ofData, ...summary.warnings];
  return {
    ...facts,
    runKey: runKeyOf(options, plan),
    createdMs: Date.now(),
    strategy: description.name,
    file: options.file,
    params: input.params,
    datasets: feedRanges(plan),
    products: [...new Set(input.feeds.map(feed => feed.product.id))],
    from: options.from ?? null,
    to: options.to ?? null,
    prices: options.prices,
    options: input.options,
    bundleHash: bundle.hash,
    summary: { ...summary, warnings },
  };
}
