/** The columns that rows are read into. They start with room for the rows that the file seems to have, and grow. */
import { COLUMN_NAMES } from '../catalog/stored-dataset.ts';
import type { RawColumns } from '../import/raw-columns.ts';

export interface RowStore {
  readonly columns: RawColumns;
  /** The 1-based line of each row. */
  lines: Uint32Array;
}

const NEWLINE = 10;
const SAMPLE_BYTES = 65_536;
const SPARE = 1.1;

/** Room for the rows of a file whose lines are about as long as its first ones. */
export function rowStoreFor(bytes: Uint8Array, hasSpread: boolean): RowStore {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  let newlines = 0;
  for (let at = sample.indexOf(NEWLINE); at >= 0; at = sample.indexOf(NEWLINE, at + 1)) newlines++;
  return rowStore(Math.ceil(((newlines + 1) * bytes.length * SPARE) / sample.length), hasSpread);
}

/** Makes room for half as many rows again. */
export function growRowStore(store: RowStore): void {
  const { columns, lines } = store;
  const larger = rowStore(Math.ceil(lines.length * 1.5) + 1, columns.spread !== undefined);
  for (const name of COLUMN_NAMES) {
    const [column, smaller] = [larger.columns[name], columns[name]];
    if (column === undefined || smaller === undefined) continue;
    column.set(smaller);
    columns[name] = column;
  }
  larger.lines.set(lines);
  store.lines = larger.lines;
}

function rowStore(capacity: number, hasSpread: boolean): RowStore {
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
      ...(hasSpread && { spread: column() }),
    },
    lines: new Uint32Array(capacity),
  };
}
