/** Run records by hand: a test names what matters, the rest is an uneventful run of ten daily bars. */
import { FILL, FILL_WIDTH } from '../../../src/runtime/engine/fill-log.ts';
import {
  END_REASONS,
  type EndReason,
  ORDER,
  ORDER_STATES,
  ORDER_WIDTH,
} from '../../../src/runtime/engine/order-log.ts';
import type { RunRecord } from '../../../src/runtime/engine/record.ts';
import type { Bars } from '../../../src/runtime/market/bars.ts';
import { MS_PER_DAY } from '../../../src/runtime/market/civil-date.ts';
import type { Dataset } from '../../../src/runtime/market/dataset.ts';
import type { Product } from '../../../src/runtime/market/product.ts';

export const DAY = MS_PER_DAY;
/** 2020-01-01. */
export const START = 18_262 * DAY;

export const SPY: Product = {
  id: 'stock.SPY.usa',
  currency: 'USD',
  multiplier: 1,
  lot: 0,
  tick: 0,
  calendar: 'us-equity',
};

export interface FillSketch {
  readonly quantity: number;
  readonly price: number;
  readonly fee?: number;
  readonly slippage?: number;
  readonly product?: number;
  readonly step?: number;
  /** Epoch milliseconds; the open of the step's bar where absent. */
  readonly time?: number;
  readonly flags?: number;
}

/** Fill rows; without a step of its own, each fill is one step after the last. */
export function fillRows(fills: readonly FillSketch[]): Float64Array {
  const rows = new Float64Array(fills.length * FILL_WIDTH);
  fills.forEach((fill, index) => {
    const at = index * FILL_WIDTH;
    const step = fill.step ?? index + 1;
    rows[at + FILL.step] = step;
    rows[at + FILL.bar] = step;
    rows[at + FILL.time] = fill.time ?? START + step * DAY;
    rows[at + FILL.product] = fill.product ?? 0;
    rows[at + FILL.quantity] = fill.quantity;
    rows[at + FILL.price] = fill.price;
    rows[at + FILL.fee] = fill.fee ?? 0;
    rows[at + FILL.slippage] = fill.slippage ?? 0;
    rows[at + FILL.order] = index + 1;
    rows[at + FILL.flags] = fill.flags ?? 0;
  });
  return rows;
}

export function rejectedOrders(reasons: readonly EndReason[]): Float64Array[] {
  const rows = new Float64Array(reasons.length * ORDER_WIDTH);
  reasons.forEach((reason, index) => {
    rows[index * ORDER_WIDTH + ORDER.state] = ORDER_STATES.indexOf('rejected');
    rows[index * ORDER_WIDTH + ORDER.reason] = END_REASONS.indexOf(reason);
  });
  return [rows];
}

/** A curve of daily equity as a whole record: one sample a day, the first at the first step. */
export function recordOf(equity: readonly number[], changes: Partial<RunRecord> = {}): RunRecord {
  const last = equity.length - 1;
  return {
    state: 'completed',
    steps: equity.length,
    bars: equity.length,
    chunks: 1,
    firstStep: 0,
    startTime: START + DAY,
    endTime: START + DAY * (last + 1),
    startEquity: equity[0]!,
    finalEquity: equity[last]!,
    finalCash: equity[last]!,
    orders: [],
    fillCount: 0,
    fills: [],
    cash: [],
    daily: {
      times: Float64Array.from(equity, (_, index) => START + DAY * (index + 1)),
      values: Float64Array.from(equity),
    },
    drawdown: { depth: 0, peakTime: START, troughTime: START, recoveryTime: null },
    stepsInMarket: 0,
    periodsPerYear: 252,
    products: [SPY],
    positions: [{ quantity: 0, averagePrice: Number.NaN, lastPrice: 100 }],
    ambiguousBars: 0,
    farSides: 0,
    marginCalls: [],
    undefinedIndicators: [],
    ...changes,
  };
}

/** Daily bars that open where the last one closed. */
export function datasetOf(closes: readonly number[], product = SPY, changes: Partial<Dataset['bars']> = {}): Dataset {
  const close = Float64Array.from(closes);
  const open = Float64Array.from(closes, (value, index) => closes[index - 1] ?? value);
  const bars = {
    length: closes.length,
    time: Float64Array.from(closes, (_, index) => START + DAY * index),
    durationMs: DAY,
    open,
    high: close.map((value, index) => Math.max(value, open[index]!)),
    low: close.map((value, index) => Math.min(value, open[index]!)),
    close,
    volume: new Float64Array(closes.length).fill(1e6),
    session: Int32Array.from(closes, (_, index) => index),
    ...changes,
  };
  return { name: `${product.id}@1d`, hash: '', product, bars };
}

/** Bars of one price, for tests in which price does not matter. */
export function flatBars(length = 100, price = 100): Bars {
  return datasetOf(new Array(length).fill(price)).bars;
}
