/**
 * Bars where the calendar does not trade: on days without a session, and, of intraday bars, with their whole length
 * outside the hours of one. Weeks are not looked at.
 */
import type { Bars } from './bars.ts';
import { type Calendar, isSessionDay, type SessionHours, sessionHours } from './calendar.ts';
import { type Interval, isIntraday } from './interval.ts';

export interface OffSchedule {
  /** Bars on days without a session. */
  readonly closedDays: number;
  /** Open of the first of them, epoch milliseconds; null for none. */
  readonly firstClosedDayMs: number | null;
  /** Bars before or after the session of their day. */
  readonly outsideHours: number;
  readonly firstOutsideHoursMs: number | null;
}

export function findOffSchedule(bars: Bars, interval: Interval, calendar: Calendar): OffSchedule {
  const { time, session, length, durationMs } = bars;
  const closed: Found = { count: 0, firstMs: null };
  const outside: Found = { count: 0, firstMs: null };
  let day = NaN;
  let hours: SessionHours | undefined;
  for (let i = 0; i < length && interval !== '1w'; i++) {
    if (session[i] !== day) {
      day = session[i]!;
      hours = isSessionDay(calendar.name, day) ? hoursOf(day, interval, calendar) : undefined;
    }
    if (hours === undefined) add(closed, time[i]!);
    else if (time[i]! >= hours.closeMs || time[i]! + durationMs <= hours.openMs) add(outside, time[i]!);
  }
  return {
    ...{ closedDays: closed.count, firstClosedDayMs: closed.firstMs },
    ...{ outsideHours: outside.count, firstOutsideHoursMs: outside.firstMs },
  };
}

interface Found {
  count: number;
  firstMs: number | null;
}

function add(found: Found, timeMs: number): void {
  found.count++;
  found.firstMs ??= timeMs;
}

/** A daily bar is its session, whatever its stamp. */
function hoursOf(day: number, interval: Interval, calendar: Calendar): SessionHours {
  return isIntraday(interval) ? sessionHours(calendar, day) : { openMs: -Infinity, closeMs: Infinity };
}
