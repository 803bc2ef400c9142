import type { RunRecord } from '../engine/record.ts';
import type { EquityCurve } from './curve.ts';
import { expectancy } from './expectancy.ts';
import { exposure } from './exposure.ts';
import type { FillTotals } from './fill-totals.ts';
import { meanExcursion } from './mean-excursion.ts';
import type { Metric } from './metric.ts';
import type { TradingMetricName } from './metric-names.ts';
import { profitAndLoss } from './profit-and-loss.ts';
import { profitFactor } from './profit-factor.ts';
import { sqn } from './sqn.ts';
import { tradeCount } from './trade-count.ts';
import type { Trade } from './trades.ts';
import { turnover } from './turnover.ts';
import { winRate } from './win-rate.ts';

/** The metrics that need trades, fills and positions. */
export function tradingMetrics(
  record: Pick<RunRecord, 'stepsInMarket'>,
  curve: EquityCurve,
  fills: FillTotals,
  trades: readonly Trade[],
): Readonly<Record<TradingMetricName, Metric>> {
  const total = profitAndLoss(trades);
  return {
    trades: tradeCount(total),
    winRate: winRate(total),
    profitFactor: profitFactor(total),
    expectancy: expectancy(total),
    sqn: sqn(total),
    mae: meanExcursion(trades, 'mae'),
    mfe: meanExcursion(trades, 'mfe'),
    exposure: exposure(record.stepsInMarket, curve.steps),
    turnover: turnover(fills.traded, fills.count, curve),
  };
}
