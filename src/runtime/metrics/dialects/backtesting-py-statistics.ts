/** The formulas of backtesting.py (`_stats.py`, `compute_stats`), over the last equity of each day. */
import { weekdayOf } from '../../market/civil-date.ts';
import { orZero } from '../return-statistics.ts';
import { covarianceOf, meanOf, varianceOf } from './samples.ts';

/** Share of samples on Saturdays and Sundays from which on a market counts as open every day. */
const WEEKENDS = (2 / 7) * 0.6;
/** Its period is the median distance of so many last samples. */
const PERIOD_SAMPLES = 100;

/** Periods of a year, from the days of the samples: 252 or 365 of daily ones, 52 of weekly, 12 of monthly. */
export function annualPeriods(days: readonly number[]): number {
  const last = days.slice(-PERIOD_SAMPLES);
  const distance = Math.floor(medianOf(last.slice(1).map((day, i) => day - last[i]!)));
  const coarse: Readonly<Record<number, number>> = { 7: 52, 31: 12, 365: 1 };
  const onWeekend = days.filter(day => weekdayOf(day) % 6 === 0).length;
  return coarse[distance] ?? (onWeekend / days.length > WEEKENDS ? 365 : 252);
}

/** Return of a year whose days have the geometric mean return; days that lose everything make it 0. */
export function annualReturn(equity: Float64Array, returns: Float64Array, periods: number): number {
  return returns.some(value => value <= -1) ? 0 : growthOf(equity) ** periods - 1;
}

/**
 * Volatility that compounds with the return: the root of `(variance + growth^2)^periods - growth^(2 periods)`, put so
 * that a small variance is not lost in the rounding of the powers.
 */
export function annualVolatility(equity: Float64Array, returns: Float64Array, periods: number): number {
  const growth = returns.some(value => value <= -1) ? 1 : growthOf(equity);
  const excess = Math.expm1(periods * Math.log1p(varianceOf(returns) / growth ** 2));
  return growth ** periods * Math.sqrt(excess);
}

/** Root mean square of the losing days, annualised. */
export function annualDownside(returns: Float64Array, periods: number): number {
  return orZero(Math.sqrt(meanOf(returns.map(value => Math.min(0, value) ** 2)))) * Math.sqrt(periods);
}

/** Of the logarithms of returns. */
export function logBeta(equity: Float64Array, benchmark: Float64Array): number {
  const [own, other] = [logReturns(equity), logReturns(benchmark)];
  return covarianceOf(own, other) / varianceOf(other);
}

/** How many steps lie in at least one of the spans, whose ends belong to them. */
export function coveredSteps(spans: readonly { readonly first: number; readonly last: number }[]): number {
  let [covered, until] = [0, Number.NEGATIVE_INFINITY];
  for (const { first, last } of spans.toSorted((a, b) => a.first - b.first)) {
    covered += Math.max(0, last - Math.max(first - 1, until));
    until = Math.max(until, last);
  }
  return covered;
}

/** Mean growth of a day: the product of all, which is that of the ends. */
function growthOf(equity: Float64Array): number {
  return (equity.at(-1)! / equity[0]!) ** (1 / (equity.length - 1));
}

function logReturns(equity: Float64Array): Float64Array {
  return equity.subarray(1).map((value, i) => Math.log(value / equity[i]!));
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
