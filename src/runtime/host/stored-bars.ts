/** Stored columns as bars: with their sessions, and what a bar lasts. */
import type { Bars } from '../market/bars.ts';
import { type Calendar, dailyDurationMs } from '../market/calendar.ts';
import { INTERVAL_MS, type Interval, isIntraday } from '../market/interval.ts';
import { fillDailySessions, fillIntradaySessions } from '../market/session-column.ts';
import type { StoredColumns } from './catalog/stored-dataset.ts';

/** Shares the columns; the session column is new, in shared memory like them. */
export function barsOf({ rows, ...columns }: StoredColumns, interval: Interval, calendar: Calendar): Bars {
  const session = new Int32Array(new SharedArrayBuffer(rows * Int32Array.BYTES_PER_ELEMENT));
  if (isIntraday(interval)) fillIntradaySessions(session, columns.time, calendar);
  else fillDailySessions(session, columns.time);
  const durationMs = interval === '1d' ? dailyDurationMs(calendar.name) : INTERVAL_MS[interval];
  return { ...columns, length: rows, durationMs, session };
}
