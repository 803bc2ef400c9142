/** Imports Parquet files of one product into a catalog. */
import { basename } from 'node:path';
import { GoboolError } from '../../base/error.ts';
import { type ReadParquet, readParquet } from '../parquet/read-parquet.ts';
import type { DetectedFormat, TableOptions } from './detected-format.ts';
import { type ImportResult, type ImportTarget, importDataset } from './import-dataset.ts';
import { wantedFor } from './own-product.ts';

/** What gobool exported needs no product, interval or factors: the file says them. */
export interface ParquetImport extends Omit<ImportTarget, 'source' | 'productId'> {
  readonly productId?: string;
  readonly paths: readonly string[];
  readonly table: TableOptions;
}

/** Throws what `importDataset` and `readParquet` throw, and GB_DATA_PRODUCT where nobody says the product. */
export async function importParquet({
  paths,
  table,
  ...target
}: ParquetImport): Promise<ImportResult & { detected: DetectedFormat[] }> {
  const files: ReadParquet[] = [];
  const wanted = { ...table, ...wantedFor(target.productId) };
  for (const path of paths) files.push(await readParquet(path, basename(path), wanted));
  const names = paths.map(path => basename(path)).join(', ');
  const { product, source: _origin, ...own } = files[0]?.meta ?? {};
  const { id, ...overrides } = product ?? {};
  const productId = target.productId ?? id;
  if (productId === undefined) throw new GoboolError('GB_DATA_PRODUCT', `${names} does not say what product it is.`);
  const others = files.flatMap(({ meta }) => meta?.product.id ?? []).filter(other => other !== productId);
  if (target.productId === undefined && others.length > 0) {
    throw new GoboolError(
      'GB_DATA_PRODUCT',
      `The files are of several products: ${productId} and ${others.join(', ')}.`,
    );
  }
  const stamp = table.stamp ?? 'open';
  const result = await importDataset(files, stamp, {
    ...own,
    ...target,
    ...{ productId, overrides: { ...overrides, ...target.overrides }, source: `Parquet ${names}` },
  });
  return { ...result, detected: files.map(({ detected }) => detected) };
}
