/**
 * Puts a dataset into a catalog. The Arrow file comes first under a name of its own, then its index entry replaces the
 * old one: at every moment the entry names a whole file. What earlier imports left behind is removed at the end, but
 * no file younger than a minute, which another import may be about to name.
 */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { GoboolError } from '../../base/error.ts';
import { datasetName } from '../../market/dataset-name.ts';
import { ageMs, removeStaleTemporaries, withFileErrors, writeFileAtomic } from '../files.ts';
import { columnBytes, decodeArrowFile, encodeArrowFile } from './arrow-file.ts';
import { type CatalogEntry, entryPath, listEntries } from './catalog-entry.ts';
import { checksumsOf } from './checksums.ts';
import { datasetHash } from './dataset-hash.ts';
import type { DatasetMeta, StoredColumns } from './stored-dataset.ts';

const ORPHAN_AFTER_MS = 60_000;

/** Facts of the import that are not part of the dataset. */
export interface ImportFacts {
  readonly badRows: number;
  readonly importedAt?: string;
}

/** Throws GB_DISK_FULL or GB_PERMISSION; then the catalog is as it was. The columns hold at least one row. */
export async function writeDataset(
  catalogDir: string,
  columns: StoredColumns,
  meta: DatasetMeta,
  facts: ImportFacts,
): Promise<CatalogEntry> {
  const name = datasetName(meta.product.id, meta.interval);
  const stored = columnBytes(columns);
  const sha256 = datasetHash(stored, meta);
  const bytes = await encodeArrowFile(stored, meta);
  const { columns: views } = await decodeArrowFile(bytes);
  const entry: CatalogEntry = {
    v: 1,
    name,
    file: `${name}.${sha256.slice(0, 12)}.arrow`,
    sha256,
    rows: columns.rows,
    from: columns.time[0] ?? NaN,
    to: columns.time[columns.rows - 1] ?? NaN,
    checksums: checksumsOf(bytes, views),
    interval: meta.interval,
    product: meta.product,
    calendar: meta.product.calendar,
    source: meta.source,
    ...facts,
  };
  writeFileAtomic(join(catalogDir, entry.file), [bytes]);
  writeFileAtomic(entryPath(catalogDir, name), [Buffer.from(`${JSON.stringify(entry, null, 2)}\n`)]);
  withFileErrors(catalogDir, () => removeLeavings(catalogDir));
  return entry;
}

/**
 * Temporary files of dead processes, and Arrow files that no entry names. While an entry cannot be read nobody knows
 * which file is its, so all are kept.
 */
function removeLeavings(catalogDir: string): void {
  removeStaleTemporaries(catalogDir);
  const used = filesInUse(catalogDir);
  if (used === undefined) return;
  for (const file of readdirSync(catalogDir)) {
    const path = join(catalogDir, file);
    if (file.endsWith('.arrow') && !used.has(file) && ageMs(path) > ORPHAN_AFTER_MS) rmSync(path, { force: true });
  }
}

function filesInUse(catalogDir: string): ReadonlySet<string> | undefined {
  try {
    return new Set(listEntries(catalogDir).map(({ file }) => file));
  } catch (error) {
    if (error instanceof GoboolError) return undefined;
    throw error;
  }
}
