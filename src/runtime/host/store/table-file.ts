/**
 * A table as one Arrow IPC file (Feather V2), which pandas, Polars and DuckDB read as it is.
 * Times are timestamp[ms, UTC]; text is dictionary-encoded; NaN becomes null.
 */
import type { Column } from '@uwdata/flechette';
import { assert } from '../../base/assert.ts';
import { int64FromFloat64 } from '../catalog/int64-time.ts';

export type NumberType = 'time' | 'float' | 'int';

/** A column to write, which is made when its table is written: no two tables are in memory at once. */
export type TableColumn = NumberColumn | WordColumn;

interface NumberColumn {
  readonly name: string;
  readonly type: NumberType;
  /** A value per row, in an array that is the caller's to keep. One by one they would be boxed. */
  readonly numbers: () => Float64Array<ArrayBuffer>;
}

interface WordColumn {
  readonly name: string;
  readonly type: 'bool' | 'text';
  readonly visit: (add: (value: boolean | string | null) => void) => void;
}

export function columnOfNumbers(name: string, type: NumberType, values: Float64Array): TableColumn {
  return { name, type, numbers: () => values.slice() };
}

type Value = number | boolean | string | null;

/** A column of a file, as plain values: times in epoch milliseconds, null where there is none. */
export interface ReadColumn {
  (name: string): readonly Value[];
  readonly names: readonly string[];
}

type Flechette = typeof import('@uwdata/flechette');

export async function encodeTable(columns: readonly TableColumn[]): Promise<Uint8Array<ArrayBuffer>> {
  const flechette = await import('@uwdata/flechette');
  using buffers = new Buffers();
  const encoded = columns.map(column => encodeColumn(flechette, column, buffers));
  const fields = columns.map(({ name, type }, index) => {
    const isTime = type === 'time';
    return flechette.field(name, isTime ? instants(flechette) : (encoded[index] as Column<unknown>).type);
  });
  const named = columns.map(({ name }, index): [string, Column<unknown>] => [name, encoded[index] as Column<unknown>]);
  const { schema, children } = flechette.tableFromColumns(named);
  const bytes = flechette.tableToIPC(new flechette.Table({ ...schema, fields }, children), { format: 'file' });
  assert(bytes?.buffer instanceof ArrayBuffer, 'an in-memory sink gives its bytes');
  return bytes as Uint8Array<ArrayBuffer>;
}

/** Loads and compiles the encoder ahead of time, for callers that have to wait for something else. */
export async function warmEncoder(): Promise<void> {
  await encodeTable([
    columnOfNumbers('time', 'time', Float64Array.of(0, Number.NaN)),
    { name: 'text', type: 'text', visit: add => ['a', 'b'].forEach(add) },
    { name: 'bool', type: 'bool', visit: add => [true, false].forEach(add) },
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

function encodeColumn(flechette: Flechette, column: TableColumn, buffers: Buffers): Column<unknown> {
  if (!('numbers' in column)) {
    const words = column.type === 'bool' ? flechette.bool() : flechette.dictionary(flechette.utf8(), flechette.int32());
    return flechette.columnFromValues(column.visit, words);
  }
  const { type, numbers } = column;
  const values = buffers.own(numbers());
  if (values.length === 0 || values.includes(Number.NaN)) {
    const types = { time: instants(flechette), float: flechette.float64(), int: flechette.int32() };
    return flechette.columnFromValues(add => addNumbers(values, add), types[type]);
  }
  if (type === 'float') return flechette.columnFromArray(values);
  if (type === 'int') return flechette.columnFromArray(buffers.own(Int32Array.from(values)));
  const halves = buffers.own(int64FromFloat64(values));
  return flechette.columnFromArray(new BigInt64Array(halves.buffer), undefined, { useBigInt: true });
}

/** A plain loop, as wherever a column is read: what an iterator makes on the way is as large as the column. */
function addNumbers(values: Float64Array, add: (value: number | null) => void): void {
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    add(Number.isNaN(value) ? null : value);
  }
}

/** Memory that is given back at its end: it may be much, and the garbage collector is in no hurry. */
class Buffers implements Disposable {
  readonly #buffers: ArrayBuffer[] = [];

  own<T extends ArrayBufferView<ArrayBuffer>>(view: T): T {
    this.#buffers.push(view.buffer);
    return view;
  }

  [Symbol.dispose](): void {
    for (const buffer of this.#buffers) buffer.transfer(0);
  }
}

function instants({ timestamp, TimeUnit }: Flechette) {
  return timestamp(TimeUnit.MILLISECOND, 'UTC');
}
