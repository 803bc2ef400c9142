/** Imports JSON files of one product into a catalog. */
import { basename } from 'node:path';
import { readJson } from '../json/read-json.ts';
import type { DetectedFormat, TableOptions } from './detected-format.ts';
import { type ImportResult, type ImportTarget, importDataset } from './import-dataset.ts';
import { wantedFor } from './own-product.ts';

export interface JsonImport extends Omit<ImportTarget, 'source'> {
  readonly paths: readonly string[];
  readonly table: TableOptions;
}

/** Throws what `importDataset` and `readJson` throw. */
export async function importJson({
  paths,
  table,
  ...target
}: JsonImport): Promise<ImportResult & { detected: DetectedFormat[] }> {
  const wanted = { ...table, ...wantedFor(target.productId) };
  const files = await Promise.all(paths.map(path => readJson(path, basename(path), wanted)));
  const source = `JSON ${paths.map(path => basename(path)).join(', ')}`;
  const result = await importDataset(files, table.stamp ?? 'open', { ...target, source });
  return { ...result, detected: files.map(({ detected }) => detected) };
}
