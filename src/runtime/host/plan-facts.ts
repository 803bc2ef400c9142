/** What a plan says of its run before it runs: what it reads, and its key. */
import { defined } from '../base/defined.ts';
import type { RunWarning } from '../bundle/abi.ts';
import { closeTimeAt } from '../market/bars.ts';
import type { FeedRange } from '../report/context.ts';
import type { BacktestOptions } from './backtest-options.ts';
import type { RunPlan } from './plan-run.ts';
import { type RunKeyParts, runKey } from './run-key.ts';

export function feedRanges({ description, input, loaded }: RunPlan): readonly FeedRange[] {
  return input.feeds.map(({ name, hash, bars }, index) => ({
    feed: description.feeds[index] ?? name,
    dataset: name,
    ...defined({ file: loaded[index]?.file, sample: loaded[index]?.sample }),
    hash,
    bars: bars.length,
    from: bars.time[0] ?? Number.NaN,
    to: closeTimeAt(bars, bars.length - 1),
  }));
}

/** What is wrong with the data of the plan's feeds and benchmark: once each, though two of them may read the same. */
export function dataWarnings({ loaded, benchmark }: RunPlan): readonly RunWarning[] {
  return [...new Set([...loaded, ...(benchmark ? [benchmark] : [])].flatMap(data => data.warnings))];
}

/** What of a run's key is the same for all sets of parameters. */
export function keyPartsOf(
  { from, to, prices }: Pick<BacktestOptions, 'from' | 'to' | 'prices'>,
  plan: RunPlan,
): Omit<RunKeyParts, 'params'> {
  return {
    bundleHash: plan.bundle.hash,
    options: plan.input.options,
    feeds: plan.input.feeds.map(({ hash, product }, index) => ({
      name: plan.description.feeds[index] ?? '',
      datasetHash: hash,
      product,
      from: from ?? null,
      to: to ?? null,
      prices,
    })),
  };
}

export function runKeyOf(options: Pick<BacktestOptions, 'from' | 'to' | 'prices'>, plan: RunPlan): string {
  return runKey({ ...keyPartsOf(options, plan), params: plan.input.params });
}
