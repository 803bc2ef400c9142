/**
 * A result's statistics as LEAN computes them: equity has a sample on every calendar day, so that weekends enter as
 * returns of zero, and a year has 252 of them. Limitation: LEAN rounds some of its values, and pairs fills at average
 * cost; here nothing is rounded, and trades are the run's own.
 */
import type { Metric, MetricTable } from '../metric.ts';
import type { RunSummary } from '../summary.ts';
import { dayOfClose, everyDay } from './calendar-days.ts';
import type { DialectMetrics } from './dialect.ts';
import {
  alphaTo,
  annualDeviation,
  betaTo,
  compoundingAnnualReturn,
  expectancyOf,
  informationRatioTo,
  normalValueAtRisk,
  sharpeRatio,
  sortinoRatio,
  TRADING_DAYS,
} from './lean-statistics.ts';
import { finite, returnsOf } from './samples.ts';
import { meanCreditRate } from './us-credit-rate.ts';

const DEFINITIONS = {
  cagr: 'LEAN: (equity at the end / at the start) ^ (365 days / span) - 1.',
  volatility: 'LEAN: root of 252 times the variance (n - 1) of the returns of calendar days.',
  sharpe: 'LEAN: (1 + mean return of a calendar day) ^ 252 - 1, less the mean US primary credit rate, over volatility.',
  sortino:
    'LEAN: as its Sharpe ratio, but over the root of 252 times the variance (n - 1) of the negative returns alone.',
  valueAtRisk: 'LEAN: 1.645 deviations less the mean of the last 252 calendar days, a loss being positive.',
  beta: "LEAN: covariance of the returns of calendar days with the benchmark's, over the variance of the benchmark's.",
  alpha: 'LEAN: annual return beyond the US primary credit rate, less beta times that of the benchmark.',
  informationRatio:
    "LEAN: annual return less the benchmark's, over the root of 252 times the variance of the difference.",
  profitFactor: 'LEAN: sum of winning trades over the sum of losing trades, in cash before fees.',
  expectancy:
    'LEAN: win rate times mean win over mean loss, less the loss rate; wins and losses as fractions of capital.',
} as const;

export function leanMetrics(native: RunSummary): DialectMetrics {
  const { daily, benchmark } = native;
  const own = everyDay(daily.times, daily.values);
  const other = everyDay(daily.times, benchmark.equity);
  const lastDay = dayOfClose(daily.times.at(-1)!);
  const rate = meanCreditRate(lastDay - own.length + 1, lastDay);
  return {
    metrics: { ...curve(own, rate), ...relative(returnsOf(own), returnsOf(other), rate), ...trading(native) },
    benchmark: curve(other, rate),
  };
}

function curve(equity: Float64Array, rate: number): MetricTable {
  const returns = returnsOf(equity);
  return {
    cagr: metric('cagr', compoundingAnnualReturn(equity), returns.length, 'ratio'),
    volatility: metric('volatility', annualDeviation(returns), returns.length, 'ratio'),
    sharpe: metric('sharpe', sharpeRatio(returns, rate), returns.length),
    sortino: metric('sortino', sortinoRatio(returns, rate), returns.length),
  };
}

function relative(own: Float64Array, other: Float64Array, rate: number): MetricTable {
  const n = own.length;
  return {
    valueAtRisk: metric('valueAtRisk', normalValueAtRisk(own), Math.min(n, TRADING_DAYS), 'ratio'),
    beta: metric('beta', betaTo(own, other), n),
    alpha: metric('alpha', alphaTo(own, other, rate), n, 'ratio'),
    informationRatio: metric('informationRatio', informationRatioTo(own, other), n),
  };
}

function trading({ trades, startEquity }: RunSummary): MetricTable {
  const closed = trades.filter(trade => !trade.open);
  const beforeFees = closed.map(({ pnl, fees }) => pnl + fees);
  const [won, lost] = [1, -1].map(sign => beforeFees.reduce((sum, profit) => sum + Math.max(0, sign * profit), 0));
  const expectancy = expectancyOf(
    closed.map(({ pnl }) => pnl),
    startEquity,
  );
  return {
    profitFactor: metric('profitFactor', won! / lost!, closed.length),
    expectancy: metric('expectancy', expectancy, closed.length),
  };
}

function metric(name: keyof typeof DEFINITIONS, value: number, n: number, unit: Metric['unit'] = 'number'): Metric {
  return { value: finite(value), unit, n, definition: DEFINITIONS[name] };
}
