/**
 * A result's statistics as backtesting.py computes them: a geometric annual return, and a volatility that compounds
 * with it. Its benchmark is the closes of its data; here it is the run's benchmark with its costs.
 * Limitation: beta is of daily returns; theirs is of bars, which is the same for daily bars.
 */
import type { Metric, MetricTable } from '../metric.ts';
import type { RunSummary } from '../summary.ts';
import {
  annualDownside,
  annualPeriods,
  annualReturn,
  annualVolatility,
  coveredSteps,
  logBeta,
} from './backtesting-py-statistics.ts';
import { dayOfClose, startsInsideDay } from './calendar-days.ts';
import type { DialectMetrics } from './dialect.ts';
import { finite, returnsOf } from './samples.ts';

const DEFINITIONS = {
  volatility:
    'backtesting.py: root of (v + g^2)^p - g^(2p), for v the variance (n - 1) of daily returns, g their mean growth, ' +
    'p the periods of a year.',
  sharpe: 'backtesting.py: geometric mean of daily returns, compounded to a year, over its volatility.',
  sortino: 'backtesting.py: annual return as in Sharpe over root mean square of min(0, return), times the root of p.',
  calmar: 'backtesting.py: annual return as in Sharpe over the largest drawdown.',
  beta: "backtesting.py: covariance of logarithmic returns with the benchmark's, over the variance of the benchmark's.",
  alpha:
    'backtesting.py: total return less beta times the total return of the benchmark; of the whole run, not a year.',
  profitFactor: 'backtesting.py: sum of the returns of winning trades over the sum of those of losing trades.',
  expectancy: 'backtesting.py: mean return of closed trades.',
  exposure: 'backtesting.py: bars from the entry to the exit of closed trades, both included, over all bars.',
} as const;

export function backtestingPyMetrics(native: RunSummary): DialectMetrics {
  const { daily, benchmark, metrics } = native;
  const periods = annualPeriods(daysOf(daily.times));
  return {
    metrics: {
      ...curve(endsOfDays(daily.times, daily.values), metrics.maxDrawdown, periods),
      ...relative(native),
      ...trading(native),
    },
    benchmark: curve(endsOfDays(daily.times, benchmark.equity), benchmark.metrics.maxDrawdown, periods),
  };
}

/** Without the first sample, where it is the start of a day and not its end. */
function endsOfDays(times: Float64Array, values: Float64Array): Float64Array {
  return startsInsideDay(times) ? values.subarray(1) : values;
}

function daysOf(times: Float64Array): readonly number[] {
  return [...endsOfDays(times, times)].map(dayOfClose);
}

function curve(equity: Float64Array, drawdown: Metric | undefined, periods: number): MetricTable {
  const returns = returnsOf(equity);
  const n = returns.length;
  const growth = n === 0 ? Number.NaN : annualReturn(equity, returns, periods);
  const volatility = annualVolatility(equity, returns, periods);
  return {
    volatility: metric('volatility', volatility, n, 'ratio'),
    sharpe: metric('sharpe', growth / volatility, n),
    sortino: metric('sortino', growth / annualDownside(returns, periods), n),
    calmar: metric('calmar', growth / (drawdown?.value ?? 0), n),
  };
}

function relative({ daily, benchmark }: RunSummary): MetricTable {
  const n = daily.values.length - 1;
  const beta = logBeta(daily.values, benchmark.equity);
  const [own, other] = [daily.values, benchmark.equity].map(equity => equity.at(-1)! / equity[0]! - 1);
  return {
    beta: metric('beta', beta, n),
    alpha: metric('alpha', own! - beta * other!, n, 'ratio'),
  };
}

function trading({ trades, steps, firstStep }: RunSummary): MetricTable {
  const closed = trades.filter(trade => !trade.open);
  const n = closed.length;
  const sumOf = (pick: (ratio: number) => number): number =>
    closed.reduce((sum, { returnRatio }) => sum + pick(returnRatio), 0);
  const spans = closed.map(({ entryStep, bars }) => ({ first: entryStep, last: entryStep + bars }));
  const profitFactor = sumOf(ratio => Math.max(0, ratio)) / -sumOf(ratio => Math.min(0, ratio));
  return {
    profitFactor: metric('profitFactor', profitFactor, n),
    expectancy: metric('expectancy', sumOf(ratio => ratio) / n, n, 'ratio'),
    exposure: metric('exposure', coveredSteps(spans) / (steps - firstStep), steps - firstStep, 'ratio'),
  };
}

function metric(name: keyof typeof DEFINITIONS, value: number, n: number, unit: Metric['unit'] = 'number'): Metric {
  return { value: finite(value), unit, n, definition: DEFINITIONS[name] };
}
