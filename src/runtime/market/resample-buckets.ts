/**
 * Which fine bars make one coarse bar, and when that opens and closes.
 *
 * Intraday buckets are aligned to UTC and never cross a session; a day is a session; a week is the sessions from one Monday
 * to the next. A bucket opens and closes as scheduled: cut to the session's hours where these begin or end inside it, and
 * widened where its bars lie outside the schedule, so that `time` is never after its first bar's open and `closeTime` never
 * before its last bar's close. The last bucket counts only if its last bar closes at its scheduled end or later: an
 * unfinished bar would show a strategy a close that no one could have seen at that time.
 */
import { type Bars, closeTimeAt } from './bars.ts';
import {
  type Calendar,
  dailyDurationMs,
  isSessionDay,
  type SessionHours,
  sessionHours,
  weekOfSession,
} from './calendar.ts';
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

export function bucketsOf(bars: Bars, interval: Interval, calendar: Calendar): Buckets {
  const marks = new Int32Array(bars.length + 1);
  const groups = isIntraday(interval)
    ? markClock(marks, bars, INTERVAL_MS[interval])
    : markSessions(marks, interval === '1d' ? bars.session : weeksOf(bars, calendar));
  const starts = marks.slice(0, groups + 1);
  const scheduled = scheduleOf(interval, calendar);
  const time = new Float64Array(groups);
  const closeTime = new Float64Array(groups);
  let length = groups;
  for (let b = 0; b < groups; b++) {
    const first = starts[b]!;
    const lastClose = closeTimeAt(bars, starts[b + 1]! - 1);
    const { openMs, closeMs } = scheduled(bars.session[first]!, bars.time[first]!);
    time[b] = Math.min(openMs, bars.time[first]!);
    closeTime[b] = Math.max(closeMs, lastClose);
    if (b === groups - 1 && lastClose < closeMs) length = b;
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

/** Writes where each bucket starts, and the end; gives the number of buckets. */
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

function weeksOf({ session }: Bars, calendar: Calendar): Int32Array {
  return session.map(day => weekOfSession(calendar.name, day));
}

function markSessions(marks: Int32Array, group: Int32Array): number {
  let count = 0;
  for (let i = 0; i < group.length; i++) if (i === 0 || group[i] !== group[i - 1]) marks[count++] = i;
  marks[count] = group.length;
  return count;
}

type Schedule = (session: number, timeMs: number) => SessionHours;

function scheduleOf(interval: Interval, calendar: Calendar): Schedule {
  if (interval === '1d') return session => sessionHours(calendar, session);
  if (interval === '1w') return session => weekHours(calendar, session);
  let current = NaN;
  let hours: SessionHours = { openMs: NaN, closeMs: NaN };
  return (session, timeMs) => {
    if (session !== current) hours = sessionHours(calendar, session);
    current = session;
    return clockHours(hours, timeMs, INTERVAL_MS[interval]);
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

/** From the open of the week's first scheduled session to the close of its last. */
function weekHours(calendar: Calendar, session: number): SessionHours {
  const monday = weekOfSession(calendar.name, session) * 7 - 3;
  const days = [0, 1, 2, 3, 4, 5, 6].map(offset => monday + offset).filter(day => isSessionDay(calendar.name, day));
  return {
    openMs: sessionHours(calendar, days[0] ?? session).openMs,
    closeMs: sessionHours(calendar, days.at(-1) ?? session).closeMs,
  };
}
