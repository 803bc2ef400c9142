/**
 * Bars that the calendar expects and the data lacks. Daily and longer bars: scheduled sessions without a bar. Intraday
 * bars: scheduled trading time between two bars that would hold at least one more. Before the first and after the last
 * bar nothing is expected.
 */
import type { Bars } from './bars.ts';
import { type Calendar, isSessionDay, sessionHours, weekOfSession } from './calendar.ts';
import { MS_PER_DAY } from './civil-date.ts';
import { INTERVAL_MS, type Interval, isIntraday } from './interval.ts';

/** A run of missing bars. */
export interface Gap {
  /** Where a bar is missing first, epoch milliseconds. */
  readonly fromMs: number;
  /** Open of the bar after the gap, epoch milliseconds. */
  readonly toMs: number;
  readonly missing: number;
}

export function findGaps(bars: Bars, interval: Interval, calendar: Calendar): Gap[] {
  if (isIntraday(interval)) return clockGaps(bars, INTERVAL_MS[interval], calendar);
  return interval === '1d' ? sessionGaps(bars, calendar) : weekGaps(bars, calendar);
}

function sessionGaps({ session, time, length }: Bars, calendar: Calendar): Gap[] {
  const gaps: Gap[] = [];
  for (let i = 1; i < length; i++) {
    let missing = 0;
    let firstDay = 0;
    for (let day = session[i]! - 1; day > session[i - 1]!; day--) {
      if (!isSessionDay(calendar.name, day)) continue;
      missing++;
      firstDay = day;
    }
    if (missing > 0) gaps.push({ fromMs: firstDay * MS_PER_DAY, toMs: time[i]!, missing });
  }
  return gaps;
}

function weekGaps({ session, time, length }: Bars, { name }: Calendar): Gap[] {
  const gaps: Gap[] = [];
  for (let i = 1; i < length; i++) {
    const missing = weekOfSession(name, session[i]!) - weekOfSession(name, session[i - 1]!) - 1;
    if (missing > 0) gaps.push({ fromMs: time[i - 1]! + INTERVAL_MS['1w'], toMs: time[i]!, missing });
  }
  return gaps;
}

function clockGaps({ time, length }: Bars, stepMs: number, calendar: Calendar): Gap[] {
  const gaps: Gap[] = [];
  for (let i = 1; i < length; i++) {
    const expectedMs = time[i - 1]! + stepMs;
    if (time[i]! <= expectedMs) continue;
    const open = scheduledMs(calendar, expectedMs, time[i]!);
    const missing = Math.floor(open.totalMs / stepMs);
    if (missing > 0) gaps.push({ fromMs: open.firstMs, toMs: time[i]!, missing });
  }
  return gaps;
}

/** How long the market was open between two instants, and when first. */
function scheduledMs(calendar: Calendar, fromMs: number, toMs: number): { totalMs: number; firstMs: number } {
  let totalMs = 0;
  let firstMs = Infinity;
  for (let day = Math.floor(fromMs / MS_PER_DAY) - 1; day <= Math.floor(toMs / MS_PER_DAY) + 1; day++) {
    if (!isSessionDay(calendar.name, day)) continue;
    const { openMs, closeMs } = sessionHours(calendar, day);
    const start = Math.max(openMs, fromMs);
    const end = Math.min(closeMs, toMs);
    if (end <= start) continue;
    totalMs += end - start;
    firstMs = Math.min(firstMs, start);
  }
  return { totalMs, firstMs };
}
