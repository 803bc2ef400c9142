/** Imports CSV files of one product into a catalog. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { CsvFormat, CsvOptions } from '../csv/csv-options.ts';
import { parseCsv } from '../csv/parse-csv.ts';
import { readSource } from '../files.ts';
import { type ImportResult, type ImportTarget, importDataset } from './import-dataset.ts';
import { wantedFor } from './own-product.ts';
import type { ParsedFile } from './parsed-file.ts';

export interface CsvImport extends Omit<ImportTarget, 'source'> {
  readonly paths: readonly string[];
  readonly csv: Omit<CsvOptions, 'fileName'>;
}

export interface ReadCsv extends ParsedFile {
  readonly detected: CsvFormat;
}

/** Throws what `importDataset` and `readCsvFile` throw. */
export async function importCsv({
  paths,
  csv,
  ...target
}: CsvImport): Promise<ImportResult & { detected: CsvFormat[] }> {
  const wanted = { ...csv, ...wantedFor(target.productId) };
  const files = await Promise.all(paths.map(path => readCsvFile(path, wanted)));
  const source = `CSV ${paths.map(path => basename(path)).join(', ')}`;
  const result = await importDataset(files, csv.stamp ?? 'open', { ...target, source });
  return { ...result, detected: files.map(({ detected }) => detected) };
}

/** Throws GB_DATA_MISSING, GB_PERMISSION, and what `parseCsv` throws. */
export async function readCsvFile(path: string, options: Omit<CsvOptions, 'fileName'> = {}): Promise<ReadCsv> {
  const bytes = readSource(path, () => readFileSync(path));
  const file = basename(path);
  const table = await parseCsv(bytes, { ...options, fileName: file });
  return { ...table, file, bytes };
}
