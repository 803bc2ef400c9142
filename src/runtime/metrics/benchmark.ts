/**
 * What the same money would have done without the strategy: all products bought in equal parts at the first open after
 * the first decision, with the costs of the run, and held. A product without bars yet is bought when it has some.
 * Works in blocks, because a column of equity for every step would cost more than the sums.
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
  { feeds, options }: Pick<RunInput, 'feeds' | 'options'>,
  ownFee?: FeeFunction,
): Benchmark {
  const { startEquity, startTime, endTime, products, daily } = record;
  const part = startEquity / products.length;
  const holdings = products.map(({ id }) => new Holding(finestFeed(feeds, id), part, startTime, options, ownFee));
  const drawdown = new DrawdownTracker();
  const sampler = new Sampler(daily.times, startEquity);
  const times = new Float64Array(BLOCK_STEPS).fill(startTime);
  const equity = new Float64Array(BLOCK_STEPS).fill(startEquity);
  const timeOf = (step: number): number => times[step]!;
  drawdown.track(equity, 0, 1, timeOf);
  for (let count = BLOCK_STEPS; count === BLOCK_STEPS; ) {
    count = nextSteps(holdings, endTime, times);
    equity.fill(startEquity);
    for (const holding of holdings) holding.addTo(equity, times, count);
    drawdown.track(equity, 0, count, timeOf);
    sampler.add(times, equity, count);
  }
  const curve = {
    daily: sampler.finish(),
    startTime,
    endTime,
    periodsPerYear: record.periodsPerYear,
    drawdown: drawdown.result(),
    steps: record.steps - record.firstStep,
  };
  return { label: labelOf(products.map(({ id }) => id)), metrics: curveMetrics(curve), equity: curve.daily };
}

/** The feed whose bars fill the product's orders. */
function finestFeed(feeds: readonly Dataset[], productId: string): Dataset {
  return feeds
    .filter(feed => feed.product.id === productId)
    .reduce((finest, feed) => (feed.bars.durationMs < finest.bars.durationMs ? feed : finest));
}

function labelOf(products: readonly string[]): string {
  return products.length === 1
    ? `buy and hold ${products[0]}`
    : `buy and hold ${products.length} products in equal parts`;
}
