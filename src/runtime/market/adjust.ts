/**
 * Prices scaled back for splits and dividends, by LEAN's rule: a bar's factors are those of the first row whose date
 * is on or after the bar's date; price x priceFactor x splitFactor, volume / splitFactor. After the last row nothing
 * is scaled.
 */
import { firstWhere } from '../base/first-where.ts';
import type { Bars } from './bars.ts';

/** Factors that hold up to and including a date. Rows are sorted by date. */
export interface FactorRow {
  /** Day number. */
  readonly day: number;
  readonly priceFactor: number;
  readonly splitFactor: number;
}

/**
 * Scales the columns of bars in place, so that no second copy is needed; the caller owns them.
 * Sessions are the bars' local dates.
 */
export function adjustInPlace(bars: Bars, factors: readonly FactorRow[]): void {
  let from = 0;
  for (const { day, priceFactor, splitFactor } of factors) {
    const to = firstSessionAfter(bars.session, day, from);
    const factor = priceFactor * splitFactor;
    if (factor !== 1) for (const prices of priceColumns(bars)) scale(prices, from, to, factor);
    if (splitFactor !== 1) divide(bars.volume, from, to, splitFactor);
    from = to;
  }
}

function priceColumns(bars: Bars): readonly Float64Array[] {
  const prices = [bars.open, bars.high, bars.low, bars.close];
  return bars.spread === undefined ? prices : [...prices, bars.spread];
}

function scale(column: Float64Array, from: number, to: number, factor: number): void {
  for (let i = from; i < to; i++) column[i] = column[i]! * factor;
}

function divide(column: Float64Array, from: number, to: number, divisor: number): void {
  for (let i = from; i < to; i++) column[i] = column[i]! / divisor;
}

/** Index of the first bar, `from` or later, whose session is after `day`; the length where there is none. */
export function firstSessionAfter(session: Int32Array, day: number, from: number): number {
  return firstWhere(from, session.length, bar => session[bar]! > day);
}
