/**
 * One dataset as one Arrow IPC file (Feather V2): a single record batch without nulls or compression, so that every
 * column is one run of bytes, aligned to eight, that can be used where it lies. The schema's metadata holds the
 * `DatasetMeta` as JSON.
 */
import type { Column, Table } from '@uwdata/flechette';
import { assert } from '../../base/assert.ts';
import type { FactorRow } from '../../market/adjust.ts';
import { isoDate, parseIsoDate } from '../../market/civil-date.ts';
import { int64FromFloat64 } from './int64-time.ts';
import {
  COLUMN_NAMES,
  type ColumnBytes,
  type ColumnName,
  type DatasetMeta,
  type StoredColumns,
} from './stored-dataset.ts';

/** An opened file: its columns are views of the file's bytes. */
export interface ArrowFile {
  readonly columns: ColumnBytes;
  readonly meta: DatasetMeta;
}

/** The columns as the bytes that are stored, hashed and checked. */
export function columnBytes(columns: StoredColumns): ColumnBytes {
  const bytes = new Map<ColumnName, Uint8Array>();
  for (const name of COLUMN_NAMES) {
    const values = columns[name];
    if (values === undefined) continue;
    assert(values.length === columns.rows, `column ${name} has a value for every row`);
    const stored = name === 'time' ? int64FromFloat64(values) : values;
    bytes.set(name, new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength));
  }
  return bytes;
}

/** The whole file. */
export async function encodeArrowFile(columns: ColumnBytes, meta: DatasetMeta): Promise<Uint8Array> {
  const flechette = await import('@uwdata/flechette');
  const instants = flechette.timestamp(flechette.TimeUnit.MILLISECOND, 'UTC');
  const fields = [...columns.keys()].map(name =>
    flechette.field(name, name === 'time' ? instants : flechette.float64(), false),
  );
  const stored = [...columns].map(([name, { buffer, byteOffset, byteLength }]): [string, Column<unknown>] => {
    const ArrayType = name === 'time' ? BigInt64Array : Float64Array;
    const values = new ArrayType(buffer as ArrayBuffer, byteOffset, byteLength / 8);
    return [name, flechette.columnFromArray(values, undefined, { useBigInt: true })];
  });
  const { schema, children } = flechette.tableFromColumns(stored);
  const table = new flechette.Table({ ...schema, fields, metadata: encodeMeta(meta) }, children);
  const bytes = flechette.tableToIPC(table, { format: 'file' });
  assert(bytes !== null, 'an in-memory sink gives its bytes');
  return bytes;
}

/** Opens a file's bytes without copying them. Throws whatever the decoder throws on bytes that are no such file. */
export async function decodeArrowFile(bytes: Uint8Array): Promise<ArrowFile> {
  const { tableFromIPC } = await import('@uwdata/flechette');
  const table = tableFromIPC(bytes, { useBigIntTimestamp: true });
  return { columns: viewsOf(table), meta: decodeMeta(table.schema.metadata ?? new Map()) };
}

function viewsOf(table: Table): ColumnBytes {
  const columns = new Map<ColumnName, Uint8Array>();
  for (const name of COLUMN_NAMES) {
    const batch = table.getChild(name)?.data[0];
    if (batch === undefined) continue;
    const { buffer, byteOffset, byteLength } = batch.values as Float64Array;
    columns.set(name, new Uint8Array(buffer, byteOffset, byteLength));
  }
  return columns;
}

/** What a file says about its dataset, as texts by name. */
export function encodeMeta({ product, interval, source, factors, funding }: DatasetMeta): Map<string, string> {
  return new Map([
    ['product', JSON.stringify(product)],
    ['calendar', product.calendar],
    ['interval', interval],
    ['source', source],
    ['factors', JSON.stringify(factors.map(({ day, ...row }) => ({ date: isoDate(day), ...row })))],
    ...(funding === undefined ? [] : [['funding', JSON.stringify(funding)] as const]),
  ]);
}

/** The reverse. Throws on texts that are not of `encodeMeta`. */
export function decodeMeta(metadata: ReadonlyMap<string, string>): DatasetMeta {
  const text = (key: string): string => {
    const value = metadata.get(key);
    if (value === undefined) throw new Error(`its metadata lacks "${key}"`);
    return value;
  };
  return {
    product: JSON.parse(text('product')),
    interval: text('interval') as DatasetMeta['interval'],
    source: text('source'),
    factors: JSON.parse(text('factors')).map(decodeFactor),
    ...(metadata.has('funding') && { funding: JSON.parse(text('funding')) }),
  };
}

function decodeFactor({ date, priceFactor, splitFactor }: Omit<FactorRow, 'day'> & { date: string }): FactorRow {
  return { day: parseIsoDate(date) ?? NaN, priceFactor, splitFactor };
}
