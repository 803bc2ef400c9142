/** Bars from rows `[time, open, high, low, close, volume]`. */
import type { Bars } from '../../src/runtime/market/bars.ts';
import { type Calendar, dailyDurationMs } from '../../src/runtime/market/calendar.ts';
import { INTERVAL_MS, type Interval, isIntraday } from '../../src/runtime/market/interval.ts';
import { fillDailySessions, fillIntradaySessions } from '../../src/runtime/market/session-column.ts';

export type BarRow = readonly [time: string, open: number, high: number, low: number, close: number, volume: number];

export function makeBars(rows: readonly BarRow[], interval: Interval, calendar: Calendar): Bars {
  const column = (index: 1 | 2 | 3 | 4 | 5): Float64Array => Float64Array.from(rows, row => row[index]);
  const time = Float64Array.from(rows, row => Date.parse(row[0]));
  const session = new Int32Array(rows.length);
  if (isIntraday(interval)) fillIntradaySessions(session, time, calendar);
  else fillDailySessions(session, time);
  return {
    length: rows.length,
    durationMs: interval === '1d' ? dailyDurationMs(calendar.name) : INTERVAL_MS[interval],
    time,
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
    session,
  };
}

/** Bars of which only the times matter. */
export function barsAt(times: readonly string[], interval: Interval, calendar: Calendar): Bars {
  return makeBars(
    times.map(time => [time, 1, 1, 1, 1, 1]),
    interval,
    calendar,
  );
}
