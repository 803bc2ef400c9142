import type { RunSummary } from '../metrics/summary.ts';
import type { RunContext } from './context.ts';
import { timeJson } from './format.ts';
import { rangeData } from './result-range.ts';

/** The `data` of `backtest --json`. Additive: a name keeps its meaning for ever. Times are ISO 8601, UTC. */
export function backtestData(
  summary: RunSummary,
  context: RunContext,
  optimistic?: RunSummary,
): Record<string, unknown> {
  return {
    runId: context.runId,
    runKey: context.runKey,
    resultHash: context.resultHash,
    state: summary.state,
    strategy: context.strategy,
    file: context.file,
    params: context.params,
    options: context.options,
    range: {
      from: timeJson(summary.startTime),
      to: timeJson(summary.endTime),
      ...(optimistic && rangeData(summary, optimistic)),
    },
    datasets: context.datasets.map(({ from, to, ...rest }) => ({ ...rest, from: timeJson(from), to: timeJson(to) })),
    steps: summary.steps,
    bars: summary.bars,
    firstStep: summary.firstStep,
    dialect: summary.dialect ?? 'native',
    metrics: summary.metrics,
    benchmark: {
      label: summary.benchmark.label,
      dataset: summary.benchmark.dataset ?? null,
      metrics: summary.benchmark.metrics,
    },
    trades: summary.trades.filter(trade => !trade.open).length,
    openTrades: summary.trades.filter(trade => trade.open).length,
    orders: summary.orders,
    fills: summary.fills,
    rejections: summary.rejections,
    currency: summary.currency,
    fees: summary.fees,
    slippage: summary.slippage,
    cashFlows: summary.cashFlows ?? {},
    marginCalls: summary.marginCalls ?? 0,
    startEquity: summary.startEquity,
    finalEquity: summary.finalEquity,
    finalCash: summary.finalCash,
    positions: summary.positions,
    elapsedMs: context.elapsedMs,
  };
}
