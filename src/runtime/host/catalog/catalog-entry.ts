/**
 * The index of a catalog: one small JSON file beside each dataset, `<name>.json`. Renaming it into place is what makes
 * an import visible. It repeats what a listing needs, so that `data ls` opens no Arrow file.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { GoboolError } from '../../base/error.ts';
import { datasetName, parseDatasetName } from '../../market/dataset-name.ts';
import type { Interval } from '../../market/interval.ts';
import type { CalendarName, Product } from '../../market/product.ts';
import { systemCode, toFileError, withFileErrors } from '../files.ts';
import type { Checksums } from './checksums.ts';

export interface CatalogEntry {
  readonly v: 1;
  /** `stock.SPY.usa@1d`. */
  readonly name: string;
  /** The Arrow file, in the same folder. */
  readonly file: string;
  /** Dataset hash, see `dataset-hash.ts`. */
  readonly sha256: string;
  readonly rows: number;
  /** Opens of the first and the last bar, epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly checksums: Checksums;
  readonly interval: Interval;
  readonly product: Product;
  readonly calendar: CalendarName;
  readonly source: string;
  /** ISO time; absent in the shipped samples. */
  readonly importedAt?: string;
  /** How many rows of the source were skipped. */
  readonly badRows: number;
}

export function entryPath(catalogDir: string, name: string): string {
  return join(catalogDir, `${name}.json`);
}

/** The entry of a dataset; undefined where the catalog has none. Throws GB_DATA_CORRUPT, GB_PERMISSION. */
export function readEntry(catalogDir: string, name: string): CatalogEntry | undefined {
  const path = entryPath(catalogDir, name);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw systemCode(error) === 'EISDIR' ? damagedEntry(path, error) : toFileError(error, path);
  }
  try {
    return checkedEntry(JSON.parse(text), name);
  } catch (error) {
    throw damagedEntry(path, error);
  }
}

function damagedEntry(path: string, cause: unknown): GoboolError {
  return new GoboolError('GB_DATA_CORRUPT', `The index entry ${path} is damaged.`, { cause });
}

export function damagedDataset(name: string, what: string, cause?: unknown): GoboolError {
  return new GoboolError('GB_DATA_CORRUPT', `The dataset ${name} is damaged: ${what}.`, { cause });
}

/** Names of the datasets of a catalog, sorted; none where the folder does not exist. */
export function datasetNames(catalogDir: string): string[] {
  let files: string[];
  try {
    files = readdirSync(catalogDir);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw toFileError(error, catalogDir);
  }
  const names = files.filter(file => file.endsWith('.json')).map(file => file.slice(0, -'.json'.length));
  return names.filter(name => parseDatasetName(name) !== undefined).sort();
}

/** The entries of a catalog, sorted by name. */
export function listEntries(catalogDir: string): CatalogEntry[] {
  return datasetNames(catalogDir).flatMap(name => readEntry(catalogDir, name) ?? []);
}

/** A dataset by its entry, or what keeps it from being read. */
export type ListedDataset =
  | { readonly name: string; readonly entry: CatalogEntry; readonly error?: undefined }
  | { readonly name: string; readonly entry?: undefined; readonly error: GoboolError };

/**
 * The datasets of a catalog, sorted by name; one that is damaged costs no other. Whether an Arrow file is there and
 * long enough is seen here, what it holds when it is read.
 */
export function listDatasets(catalogDir: string): ListedDataset[] {
  return datasetNames(catalogDir).flatMap((name): ListedDataset[] => {
    try {
      const entry = readEntry(catalogDir, name);
      if (entry === undefined) return [];
      checkFile(join(catalogDir, entry.file), entry);
      return [{ name, entry }];
    } catch (error) {
      if (error instanceof GoboolError) return [{ name, error }];
      throw error;
    }
  });
}

function checkFile(path: string, { name, rows, checksums }: CatalogEntry): void {
  const length = Math.max(...checksums.columns.map(({ offset }) => offset)) + rows * 8;
  const stats = withFileErrors(path, () => statSync(path, { throwIfNoEntry: false }));
  if (!stats?.isFile()) throw damagedDataset(name, `${path} is missing`);
  if (stats.size < length) throw damagedDataset(name, `${path} is cut off`);
}

/** What the file says of itself is repeated here, and decides what a listing shows and how gaps are counted. */
function checkedEntry(entry: CatalogEntry, name: string): CatalogEntry {
  const { checksums, product } = entry;
  const isWhole =
    entry.v === 1 &&
    entry.name === name &&
    name === datasetName(product.id, entry.interval) &&
    typeof entry.file === 'string' &&
    /^[0-9a-f]{64}$/.test(entry.sha256) &&
    Number.isInteger(entry.rows) &&
    entry.rows > 0 &&
    Number.isFinite(entry.from) &&
    Number.isFinite(entry.to) &&
    checksums.columns.every(({ name: column, offset }) => typeof column === 'string' && Number.isInteger(offset)) &&
    typeof product.currency === 'string' &&
    typeof product.calendar === 'string' &&
    entry.calendar === product.calendar &&
    typeof entry.source === 'string';
  if (!isWhole) throw new Error('fields are missing or wrong');
  return entry;
}
