/**
 * From the stamps of a source to the opens of bars. Intraday: a close stamp is moved back by the interval; one that
 * names the last millisecond or second of its bar, `09:59:59.999`, means the end of it. Daily and weekly: a stamp
 * names a trading day, and the bar opens when that day's session does. A stamp at midnight, UTC or of the zone that
 * the file is written in, is a date as it stands; any other is an instant, whose date is that of the calendar's zone.
 * Weekdays have none of their own: theirs is the file's. The close of a week may lie on any of its days, and the week
 * opens on its Monday.
 */
import { type Calendar, dailyStampMs, dayShiftMs, weekOfSession } from '../../market/calendar.ts';
import { MS_PER_DAY, mondayOf } from '../../market/civil-date.ts';
import { INTERVAL_MS, type Interval, isIntraday } from '../../market/interval.ts';
import { localFromUtc, UTC, type ZoneOffsets } from '../../market/zone-offsets.ts';
import type { Stamp } from '../csv/csv-options.ts';

/** Rewrites the times in place. `written`: the zone of the file; undefined: UTC. */
export function stampsToOpens(
  time: Float64Array,
  interval: Interval,
  stamp: Stamp,
  calendar: Calendar,
  written: ZoneOffsets = UTC,
): void {
  if (isIntraday(interval)) {
    if (stamp === 'close') closesToOpens(time, INTERVAL_MS[interval]);
    return;
  }
  const isWeekEnd = interval === '1w' && stamp === 'close';
  for (let i = 0; i < time.length; i++) {
    const day = tradingDay(time[i] as number, stamp, calendar, written);
    time[i] = dailyStampMs(calendar, isWeekEnd ? mondayOf(weekOfSession(calendar.name, day)) : day);
  }
}

function tradingDay(stampMs: number, stamp: Stamp, { name, zone }: Calendar, written: ZoneOffsets): number {
  const isClose = stamp === 'close';
  const midnight = [stampMs, localFromUtc(written, stampMs)].find(ms => ms % MS_PER_DAY === 0);
  if (midnight !== undefined) return midnight / MS_PER_DAY - (isClose && name !== 'us-equity' ? 1 : 0);
  const localMs = localFromUtc(name === 'weekdays' ? written : zone, stampMs) + dayShiftMs(name);
  return Math.floor((isClose ? localMs - 1 : localMs) / MS_PER_DAY);
}

function closesToOpens(time: Float64Array, intervalMs: number): void {
  const wholeMs = Math.min(intervalMs, 60_000);
  for (let i = 0; i < time.length; i++) {
    const stampMs = time[i] as number;
    const closeMs = endOfLast(stampMs, wholeMs);
    const isFree = closeMs === stampMs || i + 1 === time.length || closeMs < (time[i + 1] as number);
    time[i] = (isFree ? closeMs : stampMs) - intervalMs;
  }
}

/** The end of the minute, or of the shorter bar, whose last millisecond or second the stamp is; else the stamp. */
function endOfLast(stampMs: number, wholeMs: number): number {
  if ((stampMs + 1) % wholeMs === 0) return stampMs + 1;
  return wholeMs > 1000 && (stampMs + 1000) % wholeMs === 0 ? stampMs + 1000 : stampMs;
}
