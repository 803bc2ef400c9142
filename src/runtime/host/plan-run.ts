/** From a strategy's file to everything that its run needs: bundle, checked parameters, options and data. */
import { setImmediate } from 'node:timers/promises';
import { defined } from '../base/defined.ts';
import type { RunInput, StrategyDescription } from '../bundle/abi.ts';
import { checkParams } from '../sdk/check-params.ts';
import { accountOptions } from './account-options.ts';
import type { BacktestOptions } from './backtest-options.ts';
import { bundleStrategy, type StrategyBundle } from './bundler/bundle-strategy.ts';
import type { ExecuteOptions, Executor } from './executor.ts';
import { feedReferences } from './feed-references.ts';
import { cacheOf } from './folders.ts';
import { type LoadedData, loadDataset } from './resolve-data.ts';
import { together } from './together.ts';

export interface RunPlan {
  readonly bundle: StrategyBundle;
  readonly description: StrategyDescription;
  readonly input: RunInput;
  /** One per feed. */
  readonly loaded: readonly LoadedData[];
  readonly benchmark: LoadedData | undefined;
}

type PlanOptions = Omit<BacktestOptions, 'executor' | 'onPlanned' | 'onProgress' | 'onChunk'>;
type Load = (reference: string) => Promise<LoadedData>;

/** Reads the data that the caller names while the strategy is bundled, and what only the strategy names after that. */
export async function planRun(options: PlanOptions, executor: Executor, execute: ExecuteOptions): Promise<RunPlan> {
  const load = loadOnce(options);
  const [plan] = await together([
    planFrom(options, executor, execute, load),
    together([...Object.values(options.data), ...benchmarkOf(options)].map(load)),
  ]);
  return plan;
}

async function planFrom(
  options: PlanOptions,
  executor: Executor,
  execute: ExecuteOptions,
  load: Load,
): Promise<RunPlan> {
  const bundle = await bundleStrategy(options.file, {
    cwd: options.cwd,
    ...defined({ cacheFolder: cacheFolderOf(options) }),
  });
  const description = await executor.describe(bundle, execute);
  const params = checkParams(description.params, options.params);
  const account = accountOptions(description.account, options.account);
  const loaded = await together(feedReferences(description, options.data).map(load));
  const [benchmark] = await together(benchmarkOf(options).map(load));
  return {
    bundle,
    description,
    loaded,
    benchmark,
    input: {
      params,
      options: account,
      feeds: loaded.map(({ dataset }) => dataset),
      ...defined({ benchmark: benchmark?.dataset }),
    },
  };
}

function benchmarkOf({ benchmark }: PlanOptions): readonly string[] {
  return benchmark === undefined ? [] : [benchmark];
}

/** Unchanged strategies are not bundled again. */
function cacheFolderOf({ keep, projectDir }: PlanOptions): string | undefined {
  return keep ? cacheOf(projectDir) : undefined;
}

/** Reading keeps this thread busy, so the compiler's process, or the strategy's thread, first gets its own work. */
const afterBundler = (): Promise<void> => setImmediate();

/** Two feeds of one dataset share its columns. */
function loadOnce({ projectDir, prices, from, to }: PlanOptions): Load {
  const loads = new Map<string, Promise<LoadedData>>();
  return reference => {
    const load =
      loads.get(reference) ??
      afterBundler().then(() => loadDataset(reference, { projectDir, prices, ...defined({ from, to }) }));
    loads.set(reference, load);
    return load;
  };
}
