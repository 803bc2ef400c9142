/**
 * Splits and cash dividends out of the factors that adjusted prices are made with, so that raw and adjusted prices tell
 * of the same history. Between two rows of factors lies an event, after the earlier row's date: the price factor
 * changed by 1 - dividend / close, the split factor by the price of a new unit over that of an old one.
 * Limitation: factors are rounded, so a dividend is right to about a hundredth of a cent; on intraday bars to what
 * their last close differs from the official one. In a week it is reckoned on the close of the week before.
 */
import { type FactorRow, firstSessionAfter } from './adjust.ts';
import { type Bars, closeTimeAt } from './bars.ts';
import { MS_PER_DAY } from './civil-date.ts';
import type { CorporateAction } from './holder-events.ts';

/** A ratio that comes out of rounded factors is this near to the true one, as a fraction. */
const ROUNDING = 1e-4;
/** Splits are ratios of small whole numbers, such as 3 for 2. */
const DENOMINATOR_MAX = 10;

/** `bars`: raw, with the local dates as sessions. Rows of factors are sorted by date. */
export function corporateActions(bars: Bars, factors: readonly FactorRow[]): CorporateAction[] {
  const { session, time, close } = bars;
  const actions: CorporateAction[] = [];
  for (let row = 0; row + 1 < factors.length; row++) {
    const [before, after] = [factors[row]!, factors[row + 1]!];
    const ratio = splitRatio(after.splitFactor / before.splitFactor);
    const share = 1 - before.priceFactor / after.priceFactor;
    const next = firstSessionAfter(session, before.day, 0);
    const isInside = isInWeek(bars, next - 1, before.day);
    const bar = isInside ? next - 1 : next;
    if (bar <= 0 || bar === session.length || (ratio === 1 && share === 0)) continue;
    const at = isInside ? (before.day + 1) * MS_PER_DAY : time[bar]!;
    actions.push({ time: at, ratio, dividend: share * close[bar - 1]! });
  }
  return actions;
}

/** Whether what comes after `day` comes within the bar, which then is longer than a day. */
function isInWeek(bars: Bars, bar: number, day: number): boolean {
  if (bar < 0 || bars.durationMs <= MS_PER_DAY) return false;
  const lastDay = Math.floor((closeTimeAt(bars, bar) - 1) / MS_PER_DAY);
  return day < lastDay && day + 1 < (bars.session[bar + 1] ?? Infinity);
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
