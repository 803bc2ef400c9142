import type { ColumnRole } from '../csv/column-names.ts';
import type { CsvOptions, Stamp } from '../csv/csv-options.ts';

/** What a user may say about a table of bars in any format; the rest is found. */
export type TableOptions = Pick<CsvOptions, 'columns' | 'timeFormat' | 'timeZone' | 'stamp'>;

/** `symbol`: of a file with rows of several products, whose are wanted. */
export type WantedTable = TableOptions & Pick<CsvOptions, 'symbol'>;

/** How a table was read. */
export interface DetectedFormat {
  /** What each column was taken for, from left to right; `-` is ignored. */
  readonly columns: readonly ColumnRole[];
  /** A format of `--time-format`, or what the file says of itself: `timestamp[ms, UTC]`. */
  readonly timeFormat: string;
  /** Of times without an offset. */
  readonly timeZone: string;
  readonly stamp: Stamp;
  /** Of a file with rows of several products: whose were read. */
  readonly symbol?: string;
}
