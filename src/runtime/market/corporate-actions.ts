/**
 * Splits and cash dividends out of the factors that adjusted prices are made with, so that raw and adjusted prices tell
 * of the same history. Between two rows of factors lies an event, after the earlier row's date: the price factor
 * changed by 1 - dividend / close, the split factor by the price of a new unit over that of an old one.
 * Limitation: factors are rounded, so a dividend is right to about a hundredth of a cent; on intraday bars to what
 * their last close differs from the official one.
 */
import { type FactorRow, firstSessionAfter } from './adjust.ts';
import type { Bars } from './bars.ts';
import type { CorporateAction } from './holder-events.ts';

/** A ratio that comes out of rounded factors is this near to the true one, as a fraction. */
const ROUNDING = 1e-4;
/** Splits are ratios of small whole numbers, such as 3 for 2. */
const DENOMINATOR_MAX = 10;

/** `bars`: raw, with the local dates as sessions. Rows of factors are sorted by date. */
export function corporateActions({ session, time, close }: Bars, factors: readonly FactorRow[]): CorporateAction[] {
  const actions: CorporateAction[] = [];
  for (let row = 0; row + 1 < factors.length; row++) {
    const [before, after] = [factors[row]!, factors[row + 1]!];
    const ratio = splitRatio(after.splitFactor / before.splitFactor);
    const share = 1 - before.priceFactor / after.priceFactor;
    const bar = firstSessionAfter(session, before.day, 0);
    if (bar === 0 || bar === session.length || (ratio === 1 && share === 0)) continue;
    actions.push({ time: time[bar]!, ratio, dividend: share * close[bar - 1]! });
  }
  return actions;
}

/** The ratio of small whole numbers that a rounded one stands for; itself where there is none. */
function splitRatio(rounded: number): number {
  if (rounded < 1) return 1 / splitRatio(1 / rounded);
  for (let denominator = 1; denominator <= DENOMINATOR_MAX; denominator++) {
    const exact = Math.round(rounded * denominator) / denominator;
    if (Math.abs(exact - rounded) <= ROUNDING * rounded) return exact;
  }
  return rounded;
}
