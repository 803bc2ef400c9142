/** The session number of every bar: the day number of its trading day. Never decreases, because `time` does not. */
import { firstWhere } from '../base/first-where.ts';
import { type Calendar, dayShiftMs } from './calendar.ts';
import { MS_PER_DAY } from './civil-date.ts';
import { zoneEntryAt } from './zone-offsets.ts';

/** Writes sessions of intraday bars: the local date in the calendar's zone. Times increase. */
export function fillIntradaySessions(session: Int32Array, time: Float64Array, calendar: Calendar): void {
  const { startsMs, offsetsMs } = calendar.zone;
  const shiftMs = dayShiftMs(calendar.name);
  let from = 0;
  while (from < time.length) {
    const entry = zoneEntryAt(calendar.zone, time[from]!);
    const to = firstAtOrAfter(time, startsMs[entry + 1] ?? Infinity, from);
    fillDays(session, time, from, to, offsetsMs[entry]! + shiftMs);
    from = to;
  }
}

/** Writes sessions of daily and longer bars: the UTC date of their stamp, so each is its own. */
export function fillDailySessions(session: Int32Array, time: Float64Array): void {
  fillDays(session, time, 0, time.length, 0);
}

function fillDays(session: Int32Array, time: Float64Array, from: number, to: number, shiftMs: number): void {
  for (let i = from; i < to; i++) session[i] = Math.floor((time[i]! + shiftMs) / MS_PER_DAY);
}

/** Index of the first time at or after an instant, at least `from`; the length where there is none. */
export function firstAtOrAfter(time: Float64Array, instantMs: number, from = 0): number {
  return firstWhere(from, time.length, at => time[at]! >= instantMs);
}
