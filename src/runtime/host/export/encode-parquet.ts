/**
 * Bars as a Parquet file that pandas, Polars, DuckDB and Spark read: `time` as an instant in UTC, the rest as doubles,
 * none of them null, packed with Zstandard. Its footer says of the dataset what a catalog file does.
 */
import { zstdCompressSync } from 'node:zlib';
import type { SchemaElement } from 'hyparquet';
import { ByteWriter, parquetWrite } from 'hyparquet-writer';
import { columnBytes, encodeMeta } from '../catalog/arrow-file.ts';
import type { SelectedBars } from './export-dataset.ts';

/** Rows that a reader decodes at once. */
const ROW_GROUP_ROWS = 131_072;

const INSTANT = {
  type: 'INT64',
  converted_type: 'TIMESTAMP_MILLIS',
  logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
} as const;

export function encodeParquet({ bars, meta }: SelectedBars): Uint8Array {
  const stored = columnBytes({ ...bars, rows: bars.length });
  const columnData = [...stored].map(([name, { buffer, byteOffset }]) => {
    const ArrayType = name === 'time' ? BigInt64Array : Float64Array;
    return { name, data: new ArrayType(buffer as ArrayBuffer, byteOffset, bars.length) };
  });
  const elements = columnData.map(({ name }): SchemaElement => {
    return { name, repetition_type: 'REQUIRED', ...(name === 'time' ? INSTANT : { type: 'DOUBLE' }) };
  });
  const writer = new ByteWriter();
  parquetWrite({
    writer,
    columnData,
    schema: [{ name: 'schema', num_children: elements.length }, ...elements],
    codec: 'ZSTD',
    compressors: { ZSTD: bytes => zstdCompressSync(bytes) },
    rowGroupSize: ROW_GROUP_ROWS,
    kvMetadata: [...encodeMeta(meta)].map(([key, value]) => ({ key, value })),
    createdBy: 'gobool',
  });
  return writer.getBytes();
}
