/** The columns that rows are read into. They start with room for the rows that the file seems to have, and grow. */
import type { RawColumns } from '../import/raw-columns.ts';

export interface RowStore {
  readonly columns: RawColumns;
  /** The 1-based line of each row. */
  lines: Uint32Array;
}

const NEWLINE = 10;
const SAMPLE_BYTES = 65_536;
const SPARE = 1.1;
const NAMES = ['time', 'open', 'high', 'low', 'close', 'volume'] as const;

/** Room for the rows of a file whose lines are about as long as its first ones. */
export function rowStoreFor(bytes: Uint8Array): RowStore {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  let newlines = 0;
  for (let at = sample.indexOf(NEWLINE); at >= 0; at = sample.indexOf(NEWLINE, at + 1)) newlines++;
  return rowStore(Math.ceil(((newlines + 1) * bytes.length * SPARE) / sample.length));
}

/** Makes room for half as many rows again. */
export function growRowStore(store: RowStore): void {
  const { columns, lines } = store;
  const larger = rowStore(Math.ceil(lines.length * 1.5) + 1);
  for (const name of NAMES) {
    larger.columns[name].set(columns[name]);
    columns[name] = larger.columns[name];
  }
  larger.lines.set(lines);
  store.lines = larger.lines;
}

function rowStore(capacity: number): RowStore {
  const column = (): Float64Array => new Float64Array(capacity);
  return {
    columns: {
      length: 0,
      time: column(),
      open: column(),
      high: column(),
      low: column(),
      close: column(),
      volume: column(),
    },
    lines: new Uint32Array(capacity),
  };
}
