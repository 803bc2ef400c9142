/**
 * A table as one Arrow IPC file (Feather V2), which pandas, Polars and DuckDB read as it is.
 * Times are timestamp[ms, UTC]; text is dictionary-encoded; NaN becomes null except among floats.
 */
import { assert } from '../../base/assert.ts';

export type ColumnType = 'time' | 'float' | 'int' | 'bool' | 'text';

export interface TableColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly values: readonly (number | boolean | string | null)[] | Float64Array;
}

/** A column of a file, as plain values: times in epoch milliseconds, null where there is none. */
export type ReadColumn = (name: string) => readonly (number | boolean | string | null)[];

export async function encodeTable(columns: readonly TableColumn[]): Promise<Uint8Array> {
  const flechette = await import('@uwdata/flechette');
  const types = {
    time: flechette.timestamp(flechette.TimeUnit.MILLISECOND, 'UTC'),
    float: flechette.float64(),
    int: flechette.int32(),
    bool: flechette.bool(),
  };
  const encoded = columns.map(({ name, type, values }) => {
    const dataType = type === 'text' ? flechette.dictionary(flechette.utf8(), flechette.int32()) : types[type];
    const plain = type === 'float' ? values : Array.from<unknown>(values).map(nullForNaN);
    return [name, flechette.columnFromArray(plain as unknown[], dataType)] as [
      string,
      ReturnType<typeof flechette.columnFromArray>,
    ];
  });
  const bytes = flechette.tableToIPC(flechette.tableFromColumns(encoded), { format: 'file' });
  assert(bytes !== null, 'an in-memory sink gives its bytes');
  return bytes;
}

/** Throws whatever the decoder throws on bytes that are no such file, and an `Error` for a column that is not there. */
export async function decodeTable(bytes: Uint8Array): Promise<ReadColumn> {
  const { tableFromIPC } = await import('@uwdata/flechette');
  const table = tableFromIPC(bytes);
  return name => {
    const column = table.getChild(name);
    if (column === null || column === undefined) throw new Error(`it has no column "${name}"`);
    return Array.from(column.toArray());
  };
}

function nullForNaN(value: unknown): unknown {
  return Number.isNaN(value) ? null : value;
}
