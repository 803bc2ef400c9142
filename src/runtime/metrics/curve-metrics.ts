import { cagr } from './cagr.ts';
import { calmar } from './calmar.ts';
import { type EquityCurve, unlessUsedUp } from './curve.ts';
import { maxDrawdown } from './max-drawdown.ts';
import type { Metric } from './metric.ts';
import type { CurveMetricName } from './metric-names.ts';
import { returnStatistics } from './return-statistics.ts';
import { sharpe } from './sharpe.ts';
import { sortino } from './sortino.ts';
import { totalReturn } from './total-return.ts';
import { volatility } from './volatility.ts';

/** The metrics that any equity curve has. */
export function curveMetrics(curve: EquityCurve): Readonly<Record<CurveMetricName, Metric>> {
  const returns = returnStatistics(curve.daily);
  const growth = cagr(curve);
  const fall = maxDrawdown(curve);
  return {
    totalReturn: totalReturn(curve),
    cagr: growth,
    volatility: unlessUsedUp(curve, volatility(returns, curve.periodsPerYear)),
    sharpe: unlessUsedUp(curve, sharpe(returns, curve.periodsPerYear)),
    sortino: unlessUsedUp(curve, sortino(returns, curve.periodsPerYear)),
    maxDrawdown: fall,
    calmar: unlessUsedUp(curve, calmar(growth, fall)),
  };
}
