/**
 * Tells `31/01/2015` from `01/31/2015`: one row with a day above 12 decides for the whole file, and should broken rows
 * disagree, the greater number of rows does.
 */
import { GoboolError } from '../../base/error.ts';
import { CalendarReader } from './calendar-time.ts';
import type { RowSplitter } from './row-splitter.ts';

/** Reads all rows of `rows`. Throws GB_CSV_AMBIGUOUS_DATE where both readings fit equally well and differ. */
export function detectDayOrder(bytes: Uint8Array, rows: RowSplitter, column: number, fileName: string): 'dmy' | 'mdy' {
  const [dayFirst, monthFirst] = [new CalendarReader('dmy'), new CalendarReader('mdy')];
  let [dayFirstOnly, monthFirstOnly] = [0, 0];
  let doubtful: string | undefined;
  while (rows.next()) {
    const [from, to] = [rows.starts[column] ?? 0, rows.ends[column] ?? 0];
    const dayFirstMs = dayFirst.read(bytes, from, to);
    const monthFirstMs = monthFirst.read(bytes, from, to);
    if (Number.isNaN(monthFirstMs)) dayFirstOnly += Number.isNaN(dayFirstMs) ? 0 : 1;
    else if (Number.isNaN(dayFirstMs)) monthFirstOnly++;
    else if (dayFirstMs !== monthFirstMs) doubtful ??= rows.textOf(column);
  }
  if (doubtful === undefined || dayFirstOnly !== monthFirstOnly) return dayFirstOnly > monthFirstOnly ? 'dmy' : 'mdy';
  throw new GoboolError(
    'GB_CSV_AMBIGUOUS_DATE',
    `${fileName}: in dates such as "${doubtful}" the day or the month may come first, and no row decides which.`,
    { hint: 'Say which with --time-format dmy (day first) or --time-format mdy (month first).' },
  );
}
