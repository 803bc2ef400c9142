/**
 * A table as one Arrow IPC file (Feather V2), which pandas, Polars and DuckDB read as it is.
 * Times are timestamp[ms, UTC]; text is dictionary-encoded; NaN becomes null.
 */
import type { Column } from '@uwdata/flechette';
import { assert } from '../../base/assert.ts';
import { int64FromFloat64 } from '../catalog/int64-time.ts';

export type ColumnType = 'time' | 'float' | 'int' | 'bool' | 'text';

type Value = number | boolean | string | null;

/** A value per row, read when it is written: a list of boxed values would take several times the file's memory. */
export interface TableColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly length: number;
  readonly at: (row: number) => Value;
}

export function columnOfNumbers(name: string, type: ColumnType, values: Float64Array): TableColumn {
  return { name, type, length: values.length, at: row => values[row] ?? null };
}

/** A column of a file, as plain values: times in epoch milliseconds, null where there is none. */
export interface ReadColumn {
  (name: string): readonly Value[];
  readonly names: readonly string[];
}

type Flechette = typeof import('@uwdata/flechette');

export async function encodeTable(columns: readonly TableColumn[]): Promise<Uint8Array> {
  const flechette = await import('@uwdata/flechette');
  const encoded = columns.map(column => wholeColumn(flechette, column) ?? builtColumn(flechette, column));
  const fields = columns.map(({ name, type }, index) => {
    const isTime = type === 'time';
    return flechette.field(name, isTime ? instants(flechette) : (encoded[index] as Column<unknown>).type);
  });
  const named = columns.map(({ name }, index): [string, Column<unknown>] => [name, encoded[index] as Column<unknown>]);
  const { schema, children } = flechette.tableFromColumns(named);
  const bytes = flechette.tableToIPC(new flechette.Table({ ...schema, fields }, children), { format: 'file' });
  assert(bytes !== null, 'an in-memory sink gives its bytes');
  return bytes;
}

/** Loads and compiles the encoder ahead of time, for callers that have to wait for something else. */
export async function warmEncoder(): Promise<void> {
  await encodeTable([
    columnOfNumbers('time', 'time', Float64Array.of(0, Number.NaN)),
    { name: 'text', type: 'text', length: 2, at: row => `${row}` },
    { name: 'bool', type: 'bool', length: 2, at: row => row === 0 },
  ]);
}

/** Throws whatever the decoder throws on bytes that are no such file, and an `Error` for a column that is not there. */
export async function decodeTable(bytes: Uint8Array): Promise<ReadColumn> {
  const { tableFromIPC } = await import('@uwdata/flechette');
  const table = tableFromIPC(bytes);
  const read = (name: string): readonly Value[] => {
    const column = table.getChild(name);
    if (column === null || column === undefined) throw new Error(`it has no column "${name}"`);
    return Array.from(column.toArray());
  };
  return Object.assign(read, { names: table.names });
}

/** The column's numbers as they lie in memory, far quicker than one by one; undefined where that cannot be. */
function wholeColumn({ columnFromArray }: Flechette, { type, length, at }: TableColumn): Column<unknown> | undefined {
  if (type === 'bool' || type === 'text' || length === 0) return undefined;
  const numbers = new Float64Array(length);
  for (let row = 0; row < length; row++) {
    numbers[row] = at(row) as number;
    if (Number.isNaN(numbers[row])) return undefined;
  }
  if (type === 'float') return columnFromArray(numbers);
  if (type === 'int') return columnFromArray(Int32Array.from(numbers));
  const { buffer, byteOffset, length: words } = int64FromFloat64(numbers);
  return columnFromArray(new BigInt64Array(buffer, byteOffset, words / 2), undefined, { useBigInt: true });
}

function builtColumn(flechette: Flechette, { type, length, at }: TableColumn): Column<unknown> {
  const types = {
    time: instants(flechette),
    float: flechette.float64(),
    int: flechette.int32(),
    bool: flechette.bool(),
    text: flechette.dictionary(flechette.utf8(), flechette.int32()),
  };
  const visit = (add: (value: unknown) => void) => {
    for (let row = 0; row < length; row++) add(nullForNaN(at(row)));
  };
  return flechette.columnFromValues(visit, types[type]);
}

function instants({ timestamp, TimeUnit }: Flechette) {
  return timestamp(TimeUnit.MILLISECOND, 'UTC');
}

function nullForNaN(value: unknown): unknown {
  return Number.isNaN(value) ? null : value;
}
