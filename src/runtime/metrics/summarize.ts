import type { FeeFunction } from '../engine/costs.ts';
import { ORDER_WIDTH } from '../engine/order-log.ts';
import type { RunRecord } from '../engine/record.ts';
import type { RunInput } from '../engine/run-io.ts';
import { buyAndHold, finestFeed } from './benchmark.ts';
import type { EquityCurve } from './curve.ts';
import { curveMetrics } from './curve-metrics.ts';
import { dailyMetrics } from './daily-metrics.ts';
import { fillTotals } from './fill-totals.ts';
import { rejectionsOf } from './rejections.ts';
import type { PositionAtEnd, RunSummary } from './summary.ts';
import { tradesOf } from './trades-of.ts';
import { tradingMetrics } from './trading-metrics.ts';
import { warningsOf } from './warnings.ts';

/** Turns the facts of a run into its result. `ownFee`: the strategy's fee function, which the benchmark pays too. */
export function summarize(
  record: RunRecord,
  input: Pick<RunInput, 'feeds' | 'options' | 'benchmark'>,
  ownFee?: FeeFunction,
): RunSummary {
  const trades = tradesOf(
    record,
    record.products.map(({ id }) => finestFeed(input.feeds, id).bars),
  );
  const benchmark = buyAndHold(record, input, ownFee);
  const fills = fillTotals(record);
  const curve = curveOf(record);
  const rejections = rejectionsOf(record.orders);
  return {
    state: record.state,
    steps: record.steps,
    bars: record.bars,
    firstStep: record.firstStep,
    startTime: record.startTime,
    endTime: record.endTime,
    startEquity: record.startEquity,
    finalEquity: record.finalEquity,
    finalCash: record.finalCash,
    currency: record.products[0]!.currency,
    fees: fills.fees,
    slippage: fills.slippage,
    orders: record.orders.reduce((count, rows) => count + rows.length / ORDER_WIDTH, 0),
    fills: fills.count,
    chunks: record.chunks,
    daily: record.daily,
    trades,
    positions: positionsOf(record),
    metrics: {
      ...curveMetrics(curve),
      ...dailyMetrics(curve, benchmark.equity),
      ...tradingMetrics(record, curve, fills, trades),
    },
    benchmark,
    warnings: warningsOf({ record, fills, trades, rejections }),
    rejections,
  };
}

/** The run's own curve. */
export function curveOf(record: RunRecord): EquityCurve {
  return {
    daily: record.daily.values,
    startTime: record.startTime,
    endTime: record.endTime,
    periodsPerYear: record.periodsPerYear,
    drawdown: record.drawdown,
    steps: record.steps - record.firstStep,
  };
}

/** Positions that are not flat. */
export function positionsOf({ positions, products }: RunRecord): PositionAtEnd[] {
  return positions
    .map((position, index) => ({ product: products[index]!.id, ...position }))
    .filter(({ quantity }) => quantity !== 0);
}
