/**
 * Loads a dataset of a catalog: one read into one shared buffer, checked by CRC-32, columns used where they lie.
 * Worker threads get the same memory. Prices come raw; the buffer belongs to the caller, who may adjust them in place.
 */
import { join } from 'node:path';
import { systemCode, toFileError } from '../files.ts';
import { type ArrowFile, decodeArrowFile } from './arrow-file.ts';
import { type CatalogEntry, damagedDataset, readEntry } from './catalog-entry.ts';
import { damagedParts } from './checksums.ts';
import { float64FromInt64InPlace } from './int64-time.ts';
import { readShared } from './read-shared.ts';
import type { ColumnName, DatasetMeta, StoredColumns } from './stored-dataset.ts';

export interface LoadedDataset {
  readonly entry: CatalogEntry;
  readonly meta: DatasetMeta;
  readonly columns: StoredColumns;
}

/** Undefined where the catalog has no such dataset. Throws GB_DATA_CORRUPT, GB_PERMISSION. */
export async function readDataset(catalogDir: string, name: string): Promise<LoadedDataset | undefined> {
  const opened = await openDataset(catalogDir, name);
  return opened && { entry: opened.entry, meta: opened.file.meta, columns: toColumns(opened.file, opened.entry) };
}

/** The file of a dataset with its columns as stored, checked by CRC-32. */
export async function openDataset(catalogDir: string, name: string) {
  const found = await readEntryAndFile(catalogDir, name);
  if (found === undefined) return undefined;
  const { entry, bytes } = found;
  const file = await decodeChecked(bytes, entry, join(catalogDir, entry.file));
  return { entry, file };
}

/** An import may replace the dataset between the two reads: then the entry is read once more. */
async function readEntryAndFile(catalogDir: string, name: string) {
  for (const isLastTry of [false, true]) {
    const entry = readEntry(catalogDir, name);
    if (entry === undefined) return undefined;
    const path = join(catalogDir, entry.file);
    try {
      return { entry, bytes: await readShared(path) };
    } catch (error) {
      if (systemCode(error) === 'EISDIR') throw damagedDataset(name, `${path} is a folder`, error);
      if (systemCode(error) !== 'ENOENT') throw toFileError(error, path);
      if (isLastTry) throw damagedDataset(name, `${path} is missing`, error);
    }
  }
  return undefined;
}

async function decodeChecked(bytes: Uint8Array, entry: CatalogEntry, path: string): Promise<ArrowFile> {
  const damaged = damagedParts(bytes, entry.checksums, entry.rows);
  if (damaged.length > 0) throw damagedDataset(entry.name, `the checksum of ${damaged.join(', ')} in ${path} is wrong`);
  try {
    return await decodeArrowFile(bytes);
  } catch (error) {
    throw damagedDataset(entry.name, `${path} is not a readable Arrow file`, error);
  }
}

/** The columns of an opened file, in its memory; its bytes of `time` are rewritten, so this works once. */
export function toColumns({ columns }: ArrowFile, { rows }: CatalogEntry): StoredColumns {
  const view = (name: ColumnName): Float64Array => {
    const bytes = columns.get(name) ?? new Uint8Array();
    return new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 8);
  };
  const time = float64FromInt64InPlace(columns.get('time') ?? new Uint8Array());
  return {
    rows,
    time,
    open: view('open'),
    high: view('high'),
    low: view('low'),
    close: view('close'),
    volume: view('volume'),
    ...(columns.has('spread') && { spread: view('spread') }),
  };
}
