/** What a caller may say about a CSV file, and what the reader found and returns. */
import type { ZoneOffsets } from '../../market/zone-offsets.ts';
import type { DetectedFormat } from '../import/detected-format.ts';
import type { BadRow, RawColumns } from '../import/raw-columns.ts';
import type { TimeFormat } from './time-format.ts';

/** Which moment of a bar its row is stamped with. */
export type Stamp = 'open' | 'close';

/** Everything but the file's name is detected where it is not given. */
export interface CsvOptions {
  /** For messages. */
  readonly fileName: string;
  /** The columns from left to right, by any of their usual names; `-` for one to ignore. */
  readonly columns?: readonly string[];
  /** What the columns are called where the file itself does not say it, but its source does. */
  readonly names?: readonly string[];
  readonly timeFormat?: TimeFormat;
  /** One character. */
  readonly delimiter?: string;
  /** Whether the first row names the columns. */
  readonly header?: boolean;
  /** Default: open. Only passed through: the caller, who knows the interval, shifts the times. */
  readonly stamp?: Stamp;
  /** Of a file with rows of several products: whose are wanted. */
  readonly symbol?: string;
  /** IANA name, for times that do not say their offset. Default: UTC. */
  readonly timeZone?: string;
}

/** How the file was read. */
export interface CsvFormat extends DetectedFormat {
  readonly delimiter: string;
  readonly header: boolean;
  readonly timeFormat: TimeFormat;
  /** False: the file has no volume, every volume is 0. */
  readonly hasVolume: boolean;
  /** Local times that occur twice in the time zone and were told apart by their neighbours. */
  readonly repeatedLocalTimes: number;
}

/** A parsed file. */
export interface CsvTable {
  /** The rows that could be read, in the file's own order. */
  readonly columns: RawColumns;
  /** The 1-based line of each row of `columns`; only the first `columns.length` count. */
  readonly lines: Uint32Array;
  /** The first rows that could not be read, at most 1,000. */
  readonly badRows: readonly BadRow[];
  /** All of them. */
  readonly badRowCount: number;
  /** Of `timeZone`; absent: UTC. */
  readonly zone?: ZoneOffsets;
  readonly detected: CsvFormat;
}
