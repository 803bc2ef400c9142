/**
 * Stored columns as bars: with their sessions, and when a bar closes. Weeks close as those made from days do; no bar
 * closes after the next has opened.
 */
import { type Bars, closeTimeAt } from '../market/bars.ts';
import { type Calendar, dailyDurationMs } from '../market/calendar.ts';
import { INTERVAL_MS, type Interval, isIntraday } from '../market/interval.ts';
import { weekHours } from '../market/resample-buckets.ts';
import { fillDailySessions, fillIntradaySessions } from '../market/session-column.ts';
import type { StoredColumns } from './catalog/stored-dataset.ts';

/** Shares the columns; those of sessions and of closes are new, in shared memory like them. */
export function barsOf({ rows, ...columns }: StoredColumns, interval: Interval, calendar: Calendar): Bars {
  const session = new Int32Array(new SharedArrayBuffer(rows * Int32Array.BYTES_PER_ELEMENT));
  if (isIntraday(interval)) fillIntradaySessions(session, columns.time, calendar);
  else fillDailySessions(session, columns.time);
  const durationMs = isIntraday(interval) ? INTERVAL_MS[interval] : dailyDurationMs(calendar.name);
  const bars = { ...columns, length: rows, durationMs, session };
  if (interval === '1w') return { ...bars, durationMs: INTERVAL_MS[interval], closeTime: weekCloses(bars, calendar) };
  return hasCutBar(bars) ? { ...bars, closeTime: cutCloses(bars) } : bars;
}

/** Whether a bar opens before the one ahead of it has lasted, as the hour from 10:00 after the half from 9:30 does. */
function hasCutBar({ time, length, durationMs }: Bars): boolean {
  for (let i = 1; i < length; i++) if ((time[i] as number) - (time[i - 1] as number) < durationMs) return true;
  return false;
}

function cutCloses(bars: Bars): Float64Array {
  const closes = new Float64Array(new SharedArrayBuffer(bars.length * Float64Array.BYTES_PER_ELEMENT));
  for (let i = 0; i < bars.length; i++) closes[i] = Math.min(closeTimeAt(bars, i), bars.time[i + 1] ?? Infinity);
  return closes;
}

/** `bars` are weeks, taken for days. One that begins on another day than its calendar's lasts until the next begins. */
function weekCloses(bars: Bars, calendar: Calendar): Float64Array {
  const closes = new Float64Array(new SharedArrayBuffer(bars.length * Float64Array.BYTES_PER_ELEMENT));
  for (let i = 0; i < bars.length; i++) {
    const openMs = bars.time[i] as number;
    const week = weekHours(bars, i, i, calendar);
    const ownEndMs = Math.min(openMs + INTERVAL_MS['1w'], bars.time[i + 1] ?? Infinity);
    closes[i] = week.openMs === openMs ? week.closeMs : ownEndMs;
  }
  return closes;
}
