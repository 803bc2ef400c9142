/** A small stored run, as tests need it. */
import { CASH_WIDTH } from '../../../../src/runtime/engine/cash-log.ts';
import { FILL_WIDTH } from '../../../../src/runtime/engine/fill-log.ts';
import { ORDER_WIDTH } from '../../../../src/runtime/engine/order-log.ts';
import { DEFAULT_RUN_OPTIONS } from '../../../../src/runtime/engine/run-options.ts';
import type { RunRows, StoredRun } from '../../../../src/runtime/host/store/stored-run.ts';
import type { Metric } from '../../../../src/runtime/metrics/metric.ts';
import type { RunSummary } from '../../../../src/runtime/metrics/summary.ts';

const number = (value: number | null): Metric => ({ value, unit: 'number', n: 250, definition: 'of a test' });

export const SUMMARY: RunSummary = {
  state: 'completed',
  steps: 3,
  bars: 3,
  firstStep: 0,
  startTime: 1000,
  endTime: 3000,
  startEquity: 100,
  finalEquity: 110.1,
  finalCash: 110.1,
  currency: 'USD',
  fees: 0.1,
  slippage: 0,
  orders: 1,
  fills: 1,
  chunks: 1,
  daily: { times: Float64Array.of(1000, 2000, 3000), values: Float64Array.of(100, 99.9, 110.1) },
  trades: [
    {
      product: 'stock.A.usa',
      side: 'long',
      quantity: 2,
      entryTime: 1000,
      exitTime: 3000,
      entryPrice: 50,
      exitPrice: 55.1,
      fees: 0.1,
      pnl: 10.1,
      returnRatio: 0.101,
      entryStep: 0,
      bars: 2,
      mae: 0.002,
      mfe: 0.104,
      open: true,
    },
  ],
  positions: [{ product: 'stock.A.usa', quantity: 2, averagePrice: 50, lastPrice: 55.1 }],
  metrics: { sharpe: number(1.25), cagr: number(null), trades: number(1), maxDrawdown: number(0.001) },
  benchmark: { label: 'buy and hold', metrics: { sharpe: number(1) }, equity: Float64Array.of(100, 101, 102) },
  warnings: [{ code: 'few-trades', message: 'Only one trade.' }],
  rejections: {},
};

export function aRun(changes: Partial<StoredRun> = {}): StoredRun {
  return {
    runId: 'abcd1234',
    createdMs: 1_700_000_000_000,
    elapsedMs: 12,
    strategy: 'sma-cross',
    file: 'strategy.ts',
    params: { fast: 10 },
    datasets: [{ feed: 'main', dataset: 'stock.A.usa@1d', hash: 'd'.repeat(64), bars: 3, from: 0, to: 3000 }],
    products: ['stock.A.usa'],
    from: null,
    to: null,
    prices: 'adjusted',
    options: DEFAULT_RUN_OPTIONS,
    executor: 'thread',
    bundleHash: 'b'.repeat(64),
    runKey: 'a'.repeat(64),
    resultHash: 'c'.repeat(64),
    summary: SUMMARY,
    ...changes,
  };
}

/** One order and its fill. */
export const ROWS: RunRows = {
  orders: [Float64Array.of(1, 0, 1, 2, NaN, NaN, NaN, 1000, 2000, 1, 0, 2, NaN).slice(0, ORDER_WIDTH)],
  cash: [Float64Array.of(1, 2000, Number.NaN, 0, 0.5, Number.NaN).slice(0, CASH_WIDTH)],
  fills: [Float64Array.of(1, 2000, 0, 2, 50, 0.1, 0, 1, 5, 1).slice(0, FILL_WIDTH)],
  curve: {
    times: Float64Array.of(1000, 2000, 3000),
    values: Float64Array.of(100, 99.9, 110.1),
    low: Float64Array.of(100, 99.9, 110),
    high: Float64Array.of(101, 99.9, 110.2),
  },
};
