/**
 * Bars and indicators of a run, loaded and computed again: the store keeps neither. What is no longer what the run read
 * is left out, or shown with a note; a report is made all the same.
 */
import { defined } from '../../base/defined.ts';
import { GoboolError } from '../../base/error.ts';
import type { IndicatorColumn } from '../../bundle/abi.ts';
import type { Dataset } from '../../market/dataset.ts';
import type { FeedRange } from '../../report/context.ts';
import type { ChartFeed } from '../../report/html/price-data.ts';
import { bundleStrategy } from '../bundler/bundle-strategy.ts';
import { DEFAULT_LIMITS, type ExecuteOptions } from '../executor.ts';
import { type ExecutorChoice, startExecutor } from '../executors/start-executor.ts';
import { cacheOf } from '../folders.ts';
import { loadDataset } from '../resolve-data.ts';
import { hasStore } from '../store/open-store.ts';
import type { StoredRun } from '../store/stored-run.ts';
import { findFile } from './find-file.ts';

export interface ReportPlace {
  readonly cwd: string;
  readonly projectDir: string;
  /** What computes the indicators; default `thread`. */
  readonly executor?: ExecutorChoice;
  readonly signal?: AbortSignal;
}

export interface Charts {
  readonly charts: readonly ChartFeed[];
  /** One sentence for each thing that is not as it was. */
  readonly notes: readonly string[];
}

/** Throws GB_RUN_CANCELLED; whatever else fails becomes a note. */
export async function chartFeeds(run: StoredRun, place: ReportPlace): Promise<Charts> {
  const notes: string[] = [];
  const datasets: Dataset[] = [];
  for (const range of run.datasets) {
    const dataset = await noted(notes, 'Prices are left out', () => loadAgain(run, range, place));
    if (dataset === undefined) return { charts: [], notes };
    if (dataset.hash !== range.hash) {
      return { charts: [], notes: [`Prices are left out: ${range.dataset} has changed since the run.`] };
    }
    datasets.push(dataset);
  }
  const compute = () => computeIndicators(run, datasets, place, notes);
  const columns = (await noted(notes, 'Indicators are left out', compute)) ?? [];
  const charts = datasets.map((dataset, index) => {
    const { feed = '' } = run.datasets[index] ?? {};
    return { feed, dataset, indicators: columns.filter(column => column.feed === feed) };
  });
  return { charts, notes };
}

/** Runs `work`; what it throws is told in `notes`. */
async function noted<T>(notes: string[], consequence: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof GoboolError) || error.code === 'GB_RUN_CANCELLED') throw error;
    notes.push(`${consequence}: ${error.message}`);
    return undefined;
  }
}

async function loadAgain(run: StoredRun, { dataset, file }: FeedRange, place: ReportPlace): Promise<Dataset> {
  const { cwd, projectDir } = place;
  const reference = file === undefined ? dataset : findFile(file, [cwd, projectDir]);
  const range = defined({ from: run.from ?? undefined, to: run.to ?? undefined });
  return (await loadDataset(reference, { projectDir, prices: run.prices, ...range })).dataset;
}

async function computeIndicators(
  run: StoredRun,
  feeds: readonly Dataset[],
  { cwd, projectDir, executor: choice = 'thread', signal }: ReportPlace,
  notes: string[],
): Promise<readonly IndicatorColumn[]> {
  const options: ExecuteOptions = { limits: DEFAULT_LIMITS, ...(signal && { signal }) };
  const file = findFile(run.file, [cwd, projectDir]);
  const bundle = await bundleStrategy(file, { cwd, ...(hasStore(projectDir) && { cacheFolder: cacheOf(projectDir) }) });
  if (bundle.hash !== run.bundleHash) {
    notes.push(`${run.file} or gobool has changed since the run: the indicators are those of the present version.`);
  }
  const executor = startExecutor(choice);
  try {
    return await executor.indicators(bundle, { params: run.params, feeds, options: run.options }, options);
  } finally {
    await executor.close();
  }
}
