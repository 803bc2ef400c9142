/**
 * What every importer's parser hands over before validation: plain columns in the source's own order, and the rows it
 * could not read. `time` is the stamp the source gives to the row, in epoch milliseconds UTC. Arrays may be longer
 * than `length`; only the first `length` values count.
 */
export interface RawColumns {
  length: number;
  time: Float64Array;
  open: Float64Array;
  high: Float64Array;
  low: Float64Array;
  close: Float64Array;
  volume: Float64Array;
  /** Ask minus bid at the close, in price units. */
  spread?: Float64Array;
}

/** One row that was skipped, with the place where the user finds it. */
export interface BadRow {
  file: string;
  /** 1-based line in the file; in a file without lines the number of the row. */
  line: number;
  reason: string;
  /** The row as it stands in the file, or its values. */
  text: string;
}
