/**
 * An opened Parquet file: its columns, its row groups, its own metadata. Only the footer is read here; the bytes of a
 * column are read when they are decoded, so that a file never lies in memory whole.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { FileMetaData, RowGroup, SchemaElement } from 'hyparquet';
import { type ErrorDetails, GoboolError } from '../../base/error.ts';
import { readSource } from '../files.ts';

export interface ParquetFile {
  /** Its name, for messages. */
  readonly name: string;
  readonly rows: number;
  /** The columns of plain values; nested ones are left out. */
  readonly columns: readonly SchemaElement[];
  readonly groups: readonly RowGroup[];
  /** Key-value pairs of the footer. */
  readonly metadata: ReadonlyMap<string, string>;
  read(from: number, length: number): Uint8Array;
  close(): void;
}

/** Throws GB_DATA_MISSING, GB_PERMISSION, GB_PARQUET_FORMAT. */
export async function openParquet(path: string, name: string): Promise<ParquetFile> {
  const descriptor = readSource(path, () => openSync(path, 'r'));
  try {
    const byteLength = readSource(path, () => fstatSync(descriptor).size);
    const read = (from: number, length: number): Uint8Array => readBytes(descriptor, from, length);
    const footer = await readFooter(name, { byteLength, read });
    return { ...(await describe(name, footer)), read, close: () => closeSync(descriptor) };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/** What cannot be read in a file that should be Parquet. */
export function parquetError(name: string, problem: string, details: ErrorDetails = {}): GoboolError {
  return new GoboolError('GB_PARQUET_FORMAT', `${name}: ${problem}.`, { where: { file: name }, ...details });
}

async function readFooter(
  name: string,
  { byteLength, read }: { byteLength: number; read: ParquetFile['read'] },
): Promise<FileMetaData> {
  const { parquetMetadataAsync } = await import('hyparquet');
  const slice = (from: number, to = byteLength): ArrayBuffer => read(from, to - from).buffer as ArrayBuffer;
  try {
    return await parquetMetadataAsync({ byteLength, slice }, { geoparquet: false });
  } catch (error) {
    throw parquetError(name, 'it is not a Parquet file, or it is cut off', { cause: error });
  }
}

async function describe(name: string, footer: FileMetaData): Promise<Omit<ParquetFile, 'read' | 'close'>> {
  const { parquetSchema } = await import('hyparquet');
  const plain = parquetSchema(footer).children.filter(({ children }) => children.length === 0);
  const pairs = (footer.key_value_metadata ?? []).map(({ key, value = '' }): [string, string] => [key, value]);
  return {
    name,
    rows: Number(footer.num_rows),
    columns: plain.map(({ element }) => element).filter(({ repetition_type: kind }) => kind !== 'REPEATED'),
    groups: footer.row_groups,
    metadata: new Map(pairs),
  };
}

/** Bytes that the file does not have stay zero, which no page header is. */
function readBytes(descriptor: number, from: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const count = readSync(descriptor, bytes, done, length - done, from + done);
    if (count === 0) break;
    done += count;
  }
  return bytes;
}
