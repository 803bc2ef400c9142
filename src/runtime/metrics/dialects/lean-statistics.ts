/** LEAN's formulas (Common/Statistics: PortfolioStatistics.cs, Statistics.cs) over returns of calendar days. */
import { normalQuantile } from '../normal-distribution.ts';
import { covarianceOf, meanOf, varianceOf } from './samples.ts';

export const TRADING_DAYS = 252;
const DAYS_PER_YEAR = 365;

/** `CompoundingAnnualPerformance`, of samples on calendar days. */
export function compoundingAnnualReturn(equity: Float64Array): number {
  return (equity.at(-1)! / equity[0]!) ** (DAYS_PER_YEAR / (equity.length - 1)) - 1;
}

/** `AnnualPerformance`. */
export function annualReturn(returns: Float64Array): number {
  return (1 + meanOf(returns)) ** TRADING_DAYS - 1;
}

/** `AnnualStandardDeviation`; of the difference to a benchmark, `TrackingError`. */
export function annualDeviation(returns: Float64Array): number {
  return Math.sqrt(varianceOf(returns) * TRADING_DAYS);
}

/** `SharpeRatio`. `rate`: without risk, a year. */
export function sharpeRatio(returns: Float64Array, rate: number): number {
  return (annualReturn(returns) - rate) / annualDeviation(returns);
}

/** `SortinoRatio`: the deviation is that of the negative returns around their own mean. */
export function sortinoRatio(returns: Float64Array, rate: number): number {
  return (annualReturn(returns) - rate) / annualDeviation(returns.filter(value => value < 0));
}

export function betaTo(returns: Float64Array, benchmark: Float64Array): number {
  return covarianceOf(returns, benchmark) / varianceOf(benchmark);
}

export function alphaTo(returns: Float64Array, benchmark: Float64Array, rate: number): number {
  return annualReturn(returns) - (rate + betaTo(returns, benchmark) * (annualReturn(benchmark) - rate));
}

export function informationRatioTo(returns: Float64Array, benchmark: Float64Array): number {
  const trackingError = annualDeviation(returns.map((value, i) => value - benchmark[i]!));
  return (annualReturn(returns) - annualReturn(benchmark)) / trackingError;
}

/** `GetValueAtRisk` at 95 %, as if returns were normal, over the last year; a loss is positive here. */
export function normalValueAtRisk(returns: Float64Array): number {
  const year = returns.subarray(Math.max(0, returns.length - TRADING_DAYS));
  return normalQuantile(0.95) * Math.sqrt(varianceOf(year)) - meanOf(year);
}

/** Profits in cash, in order. Each is a fraction of the capital that those before it left. */
export function expectancyOf(profits: readonly number[], startCapital: number): number {
  let capital = startCapital;
  const sums = { won: 0, lost: 0, wins: 0, losses: 0 };
  for (const profit of profits) {
    const isWin = profit > 0;
    sums[isWin ? 'wins' : 'losses']++;
    sums[isWin ? 'won' : 'lost'] += profit / capital;
    capital += profit;
  }
  const { won, lost, wins, losses } = sums;
  // LEAN takes the mean of no wins, of no losses and a ratio over nothing as 0.
  const ratio = wins === 0 || lost === 0 ? 0 : won / wins / (-lost / losses);
  return (wins * ratio - losses) / profits.length;
}
