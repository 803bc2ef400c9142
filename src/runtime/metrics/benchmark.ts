/**
 * What the same money would have done without the strategy: all products bought in equal parts at the first open after
 * the first decision, with the costs of the run, and held; or another dataset instead of the products. What has no bars
 * yet is bought when it has some. Works in blocks, because a column of equity for every step would cost more than the
 * sums. Limitation: another currency than the account's is not converted.
 */
import type { FeeFunction } from '../engine/costs.ts';
import { DrawdownTracker } from '../engine/drawdown.ts';
import type { RunRecord } from '../engine/record.ts';
import type { RunInput } from '../engine/run-io.ts';
import type { Dataset } from '../market/dataset.ts';
import { nextSteps } from './benchmark-steps.ts';
import { curveMetrics } from './curve-metrics.ts';
import { Holding } from './holding.ts';
import { Sampler } from './sampler.ts';
import type { Benchmark } from './summary.ts';

const BLOCK_STEPS = 1024;

export function buyAndHold(
  record: RunRecord,
  { feeds, options, benchmark }: Pick<RunInput, 'feeds' | 'options' | 'benchmark'>,
  ownFee?: FeeFunction,
): Benchmark {
  const { startEquity, startTime, endTime, products, daily } = record;
  const held = benchmark ? [benchmark] : products.map(({ id }) => finestFeed(feeds, id));
  const part = startEquity / held.length;
  const holdings = held.map(dataset => new Holding(dataset, part, startTime, options, ownFee));
  const drawdown = new DrawdownTracker();
  const sampler = new Sampler(daily.times, startEquity);
  const times = new Float64Array(BLOCK_STEPS).fill(startTime);
  const equity = new Float64Array(BLOCK_STEPS).fill(startEquity);
  const timeOf = (step: number): number => times[step]!;
  drawdown.track(equity, 0, 1, timeOf);
  let steps = 1;
  for (let count = BLOCK_STEPS; count === BLOCK_STEPS; ) {
    count = nextSteps(holdings, endTime, times);
    equity.fill(startEquity);
    for (const holding of holdings) holding.addTo(equity, times, count);
    drawdown.track(equity, 0, count, timeOf);
    sampler.add(times, equity, count);
    steps += count;
  }
  const curve = {
    daily: sampler.finish(),
    startTime,
    endTime,
    periodsPerYear: record.periodsPerYear,
    drawdown: drawdown.result(),
    steps: record.firstStep < record.steps ? steps : 0,
  };
  return {
    label: labelOf(benchmark ? [benchmark.name] : products.map(({ id }) => id)),
    ...(benchmark && { dataset: { name: benchmark.name, hash: benchmark.hash } }),
    metrics: curveMetrics(curve),
    equity: curve.daily,
  };
}

/** The feed whose bars fill the product's orders. */
export function finestFeed(feeds: readonly Dataset[], productId: string): Dataset {
  return feeds
    .filter(feed => feed.product.id === productId)
    .reduce((finest, feed) => (feed.bars.durationMs < finest.bars.durationMs ? feed : finest));
}

function labelOf(names: readonly string[]): string {
  return names.length === 1 ? `buy and hold ${names[0]}` : `buy and hold ${names.length} products in equal parts`;
}
