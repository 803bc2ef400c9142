/** Stored columns as bars: with their sessions, and what a bar lasts. */
import type { Bars } from '../market/bars.ts';
import { dailyDurationMs } from '../market/calendar.ts';
import { INTERVAL_MS, type Interval, isIntraday } from '../market/interval.ts';
import type { CalendarName } from '../market/product.ts';
import { fillDailySessions, fillIntradaySessions } from '../market/session-column.ts';
import type { StoredColumns } from './catalog/stored-dataset.ts';
import { calendarBetween } from './zone.ts';

/** Shares the columns; the session column is new, in shared memory like them. */
export async function barsOf(
  { rows, ...columns }: StoredColumns,
  interval: Interval,
  name: CalendarName,
): Promise<Bars> {
  const { time } = columns;
  const session = new Int32Array(new SharedArrayBuffer(rows * Int32Array.BYTES_PER_ELEMENT));
  if (isIntraday(interval)) {
    fillIntradaySessions(session, time, await calendarBetween(name, time[0] ?? NaN, time[rows - 1] ?? NaN));
  } else fillDailySessions(session, time);
  const durationMs = interval === '1d' ? dailyDurationMs(name) : INTERVAL_MS[interval];
  return { ...columns, length: rows, durationMs, session };
}
