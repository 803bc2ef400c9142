/**
 * What the same money would have done without the strategy: all products bought in equal parts at the first open after the
 * first decision, with the run's fees and slippage, and held. A product without bars yet is bought when it has some.
 * Works in blocks, because a column of equity for every step would cost more than the sums.
 */
import type { FeeFunction } from '../engine/costs.ts';
import type { RunRecord } from '../engine/record.ts';
import type { RunOptions } from '../engine/run-options.ts';
import type { Dataset } from '../market/dataset.ts';
import { curveMetrics } from './curve-metrics.ts';
import { DrawdownScan } from './drawdown-scan.ts';
import { Holding } from './holding.ts';
import { Sampler } from './sampler.ts';
import type { Benchmark } from './summary.ts';

/** The part of a run's input that decides its benchmark. */
export interface MarketInput {
  readonly feeds: readonly Dataset[];
  readonly options: RunOptions;
}

const BLOCK_STEPS = 1024;

export function buyAndHold(record: RunRecord, { feeds, options }: MarketInput, ownFee?: FeeFunction): Benchmark {
  const { startEquity, startTime, endTime, products, daily } = record;
  const part = startEquity / products.length;
  const holdings = products.map(({ id }) => new Holding(finestFeed(feeds, id), part, startTime, options, ownFee));
  const drawdown = new DrawdownScan(startEquity, startTime);
  const sampler = new Sampler(daily.times, startEquity);
  const times = new Float64Array(BLOCK_STEPS);
  const equity = new Float64Array(BLOCK_STEPS);
  for (let count = BLOCK_STEPS; count === BLOCK_STEPS; ) {
    count = walk(holdings, startEquity, endTime, times, equity);
    drawdown.add(times, equity, count);
    sampler.add(times, equity, count);
  }
  const { periodsPerYear } = record;
  const curve = { daily: sampler.finish(), spanMs: endTime - startTime, periodsPerYear, drawdown: drawdown.deepest };
  const metrics = curveMetrics({ ...curve, steps: record.steps - record.firstStep });
  return { label: labelOf(products.map(({ id }) => id)), metrics, equity: curve.daily };
}

/** Writes the next steps until `endTime`, at most as many as fit; returns how many. */
function walk(
  holdings: readonly Holding[],
  startEquity: number,
  endTime: number,
  times: Float64Array,
  equity: Float64Array,
): number {
  for (let step = 0; step < times.length; step++) {
    let time = Number.POSITIVE_INFINITY;
    for (const holding of holdings) if (holding.nextTime < time) time = holding.nextTime;
    if (time > endTime) return step;
    let sum = startEquity;
    for (const holding of holdings) {
      if (holding.nextTime === time) holding.advance();
      sum += holding.profit;
    }
    times[step] = time;
    equity[step] = sum;
  }
  return times.length;
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
