/** A compiled description of a file's rows: where each value stands. Made once, read a million times. */
import type { ColumnRole } from './column-names.ts';
import { RowSplitter } from './row-splitter.ts';
import type { TimeFormat, TimeReader } from './time-format.ts';

export interface CsvLayout {
  readonly delimiter: string;
  /** Offset of the first byte after a byte order mark. */
  readonly from: number;
  readonly header: boolean;
  /** Fields of a good row. */
  readonly width: number;
  readonly roles: readonly ColumnRole[];
  readonly timeFormat: TimeFormat;
  /** The column that says whose row it is; -1 where there is none. */
  readonly symbol: number;
}

/** The splitter in front of the first data row. */
export function dataRows(bytes: Uint8Array, layout: Pick<CsvLayout, 'delimiter' | 'from' | 'header'>): RowSplitter {
  const rows = new RowSplitter(bytes, layout.delimiter, layout.from);
  if (layout.header) rows.next();
  return rows;
}

/** Column numbers by role; -1 where the file has none. */
export interface ColumnPlaces {
  /** The column with the whole time, or the date of one in two columns. */
  readonly time: number;
  /** The time of day; -1 where `time` holds it. */
  readonly clock: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly spread: number;
}

export function placesOf(roles: readonly ColumnRole[]): ColumnPlaces {
  return {
    time: Math.max(roles.indexOf('time'), roles.indexOf('date')),
    clock: roles.indexOf('clock'),
    open: roles.indexOf('open'),
    high: roles.indexOf('high'),
    low: roles.indexOf('low'),
    close: roles.indexOf('close'),
    volume: roles.indexOf('volume'),
    spread: roles.indexOf('spread'),
  };
}

/** The time of the splitter's row, epoch milliseconds UTC; NaN where there is none. */
export function readTime(bytes: Uint8Array, rows: RowSplitter, times: TimeReader, time: number, clock: number): number {
  const { starts, ends } = rows;
  const [from, to] = [starts[time] as number, ends[time] as number];
  if (clock < 0) return times.read(bytes, from, to);
  return times.readSplit(bytes, from, to, starts[clock] as number, ends[clock] as number);
}
