/** A dataset as the catalog keeps it: raw prices, and what is needed to adjust and to name them. */
import type { FactorRow } from '../../market/adjust.ts';
import type { FundingRate } from '../../market/holder-events.ts';
import type { Interval } from '../../market/interval.ts';
import type { Product } from '../../market/product.ts';

/** Names of the columns in the order in which they are stored and hashed; `spread` only where the data has quotes. */
export const COLUMN_NAMES = ['time', 'open', 'high', 'low', 'close', 'volume', 'spread'] as const;

export type ColumnName = (typeof COLUMN_NAMES)[number];

/** Column bytes as stored: `time` int64 epoch milliseconds, the rest float64, little-endian. */
export type ColumnBytes = ReadonlyMap<ColumnName, Uint8Array>;

/** What a file says about itself, beside its columns. */
export interface DatasetMeta {
  readonly product: Product;
  readonly interval: Interval;
  /** Where the data came from: file names and format, for people. */
  readonly source: string;
  /** Empty where nothing is known of splits and dividends. */
  readonly factors: readonly FactorRow[];
  /** Of a perpetual contract, by time; absent where nothing is known of it. */
  readonly funding?: readonly FundingRate[];
}

/** The columns of a dataset in memory, all of length `rows`. */
export interface StoredColumns {
  readonly rows: number;
  /** Bar opens, epoch milliseconds. */
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  readonly spread?: Float64Array;
}
