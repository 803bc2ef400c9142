import type { FeeFunction } from '../engine/costs.ts';
import { ORDER_WIDTH } from '../engine/order-log.ts';
import type { RunRecord } from '../engine/record.ts';
import type { RunInput } from '../engine/run-io.ts';
import { buyAndHold, finestFeed } from './benchmark.ts';
import { cashFlowsOf } from './cash-flows.ts';
import { confidenceMetrics } from './confidence-metrics.ts';
import type { EquityCurve } from './curve.ts';
import { curveMetrics } from './curve-metrics.ts';
import { dailyMetrics } from './daily-metrics.ts';
import { fillTotals } from './fill-totals.ts';
import { withIntervals } from './intervals.ts';
import { rejectionsOf } from './rejections.ts';
import type { PositionAtEnd, RunSummary } from './summary.ts';
import { tradesOf } from './trades-of.ts';
import { tradingMetrics } from './trading-metrics.ts';
import { warningsOf } from './warnings.ts';

/** The result of a run of its own: with intervals, which cost more than all else and which a sweep does without. */
export function summarizeWithIntervals(...[record, ...rest]: Parameters<typeof summarize>): RunSummary {
  const summary = summarize(record, ...rest);
  return { ...summary, metrics: withIntervals(summary.metrics, curveOf(record)) };
}

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
      ...confidenceMetrics(curve),
      ...dailyMetrics(curve, benchmark.equity),
      ...tradingMetrics(record, curve, fills, trades),
    },
    benchmark,
    warnings: warningsOf({ record, fills, trades, rejections, benchmark: input.benchmark }),
    rejections,
    ...(record.cash.length > 0 && { cashFlows: cashFlowsOf(record.cash) }),
    ...(record.marginCalls.length > 0 && { marginCalls: record.marginCalls.length }),
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
