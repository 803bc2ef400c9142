/**
 * Which fine bars make one coarse bar, and when that opens and closes.
 *
 * Intraday buckets are aligned to UTC and never cross a session; a day is a session; a week is the sessions from one
 * Monday to the next. A bucket opens and closes as scheduled: cut to the session's hours where these begin or end
 * inside it, and widened where its bars lie outside the schedule, so that `time` is never after its first bar's open
 * and `closeTime` never before its last bar's close. The last bucket counts only if its last bar closes at its
 * scheduled end or later: an unfinished bar would show a strategy a close that no one could have seen at that time.
 */
import { type Bars, closeTimeAt } from './bars.ts';
import {
  type Calendar,
  dailyDurationMs,
  type SessionHours,
  sessionDays,
  sessionHours,
  weekOfSession,
} from './calendar.ts';
import { MS_PER_DAY, mondayOf } from './civil-date.ts';
import { INTERVAL_MS, type Interval, isIntraday } from './interval.ts';

export interface Buckets {
  readonly length: number;
  /** Bucket `b` holds the fine bars `[starts[b], starts[b + 1])`. */
  readonly starts: Int32Array;
  readonly time: Float64Array;
  readonly closeTime: Float64Array;
  readonly session: Int32Array;
  readonly durationMs: number;
}

/** Weeks are made of daily bars. */
export function bucketsOf(bars: Bars, interval: Interval, calendar: Calendar): Buckets {
  const starts = startsOf(bars, interval, calendar);
  const groups = starts.length - 1;
  const scheduled = scheduleOf(bars, interval, calendar);
  const time = new Float64Array(groups);
  const closeTime = new Float64Array(groups);
  let length = groups;
  for (let b = 0; b < groups; b++) {
    const first = starts[b]!;
    const last = starts[b + 1]! - 1;
    const lastCloseMs = closeTimeAt(bars, last);
    const { openMs, closeMs } = scheduled(first, last);
    time[b] = Math.min(openMs, bars.time[first]!);
    closeTime[b] = Math.max(closeMs, lastCloseMs);
    if (b === groups - 1 && lastCloseMs < closeMs) length = b;
  }
  const sessionAt = (_: number, b: number): number => bars.session[starts[b]!]!;
  return {
    length,
    starts,
    time: time.subarray(0, length),
    closeTime: closeTime.subarray(0, length),
    session: new Int32Array(length).map(sessionAt),
    durationMs: interval === '1d' ? dailyDurationMs(calendar.name) : INTERVAL_MS[interval],
  };
}

/** Where each bucket starts, and the end of the last. */
function startsOf(bars: Bars, interval: Interval, { name }: Calendar): Int32Array {
  const marks = new Int32Array(bars.length + 1);
  const { session } = bars;
  if (isIntraday(interval)) return marks.slice(0, markClock(marks, bars, INTERVAL_MS[interval]) + 1);
  const group = interval === '1d' ? session : session.map(day => weekOfSession(name, day));
  return marks.slice(0, markGroups(marks, group) + 1);
}

/** Gives the number of buckets. */
function markClock(marks: Int32Array, { time, session, length }: Bars, stepMs: number): number {
  let count = 0;
  let endMs = -Infinity;
  let current = -1;
  for (let i = 0; i < length; i++) {
    if (time[i]! < endMs && session[i] === current) continue;
    marks[count++] = i;
    current = session[i]!;
    endMs = Math.floor(time[i]! / stepMs) * stepMs + stepMs;
  }
  marks[count] = length;
  return count;
}

function markGroups(marks: Int32Array, group: Int32Array): number {
  let count = 0;
  for (let i = 0; i < group.length; i++) if (i === 0 || group[i] !== group[i - 1]) marks[count++] = i;
  marks[count] = group.length;
  return count;
}

/** When the bucket of the bars from `first` to `last` should open and close. */
type Schedule = (first: number, last: number) => SessionHours;

function scheduleOf(bars: Bars, interval: Interval, calendar: Calendar): Schedule {
  const { session, time } = bars;
  if (interval === '1w') return (first, last) => weekHours(bars, first, last, calendar);
  let current = NaN;
  let hours: SessionHours = { openMs: NaN, closeMs: NaN };
  return first => {
    if (session[first] !== current) hours = sessionHours(calendar, session[first]!);
    current = session[first]!;
    return interval === '1d' ? hours : clockHours(hours, time[first]!, INTERVAL_MS[interval]);
  };
}

function clockHours(session: SessionHours, timeMs: number, stepMs: number): SessionHours {
  const startMs = Math.floor(timeMs / stepMs) * stepMs;
  const endMs = startMs + stepMs;
  const isInside = (instantMs: number): boolean => instantMs > startMs && instantMs < endMs;
  return {
    openMs: isInside(session.openMs) ? session.openMs : startMs,
    closeMs: isInside(session.closeMs) ? session.closeMs : endMs,
  };
}

/**
 * From the stamp of the week's first scheduled session to the close of its last, reckoned from the daily bars at its
 * ends, so that no time zone is needed: clocks change on Sundays, outside of every week of sessions but those of 24/7,
 * which keep UTC.
 */
export function weekHours(bars: Bars, first: number, last: number, { name }: Calendar): SessionHours {
  const monday = mondayOf(weekOfSession(name, bars.session[first]!));
  const days = sessionDays(name, monday, monday + 6);
  const daysMissing = (from: number | undefined, to: number | undefined): number =>
    Math.max(0, (to ?? 0) - (from ?? 0));
  return {
    openMs: bars.time[first]! - daysMissing(days[0], bars.session[first]) * MS_PER_DAY,
    closeMs: closeTimeAt(bars, last) + daysMissing(bars.session[last], days.at(-1)) * MS_PER_DAY,
  };
}
