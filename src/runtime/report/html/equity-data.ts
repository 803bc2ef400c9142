/** Equity, its benchmark and both drawdowns as columns of the page. */
import type { RunSummary } from '../../metrics/summary.ts';
import { type Curve, since, valuesAt } from '../curve.ts';
import { fixedColumn, moneyColumn, timeColumn } from './columns.ts';
import type { EquityData, RollingData } from './page-data.ts';
import { rollingOf } from './rolling.ts';

/** Undefined where the strategy never started. `curve`: equity at every step, thinned. */
export function equityData(
  { startTime, daily, benchmark, currency }: RunSummary,
  curve: Curve,
): EquityData | undefined {
  if (daily.times.length === 0 || curve.times.length === 0) return undefined;
  const equity = since(curve, startTime);
  if (equity.times.length < 2) return undefined;
  const held = valuesAt({ times: daily.times, values: benchmark.equity }, equity.times);
  return {
    times: timeColumn(equity.times),
    equity: moneyColumn(equity.values, 8),
    benchmark: moneyColumn(held, 8),
    drawdown: fixedColumn(drawdowns(equity.low ?? equity.values, equity.high ?? equity.values), 5),
    benchmarkDrawdown: fixedColumn(drawdowns(held, held), 5),
    benchmarkLabel: benchmark.label,
    currency,
  };
}

export function rollingData(summary: RunSummary): RollingData | undefined {
  const rolling = rollingOf(summary);
  if (rolling === null) return undefined;
  const { times, sharpe, volatility } = rolling;
  return { times: timeColumn(times), sharpe: fixedColumn(sharpe, 3), volatility: fixedColumn(volatility, 4) };
}

/** Lowest equity of each sample against the highest so far: zero or below. */
function drawdowns(low: Float64Array, high: Float64Array): Float64Array {
  let peak = 0;
  return low.map((lowest, i) => {
    peak = Math.max(peak, high[i]!);
    return peak > 0 ? Math.min(0, lowest / peak - 1) : 0;
  });
}
