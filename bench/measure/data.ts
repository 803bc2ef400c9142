/** Import of files into a catalog, with checks, hash and writing; loading it again; export. */
import { writeFileSync } from 'node:fs';
import { readDataset } from '../../src/runtime/host/catalog/read-dataset.ts';
import { exportToFile, selectBars } from '../../src/runtime/host/export/export-dataset.ts';
import { catalogOf } from '../../src/runtime/host/folders.ts';
import { importCsv } from '../../src/runtime/host/import/import-csv.ts';
import { importJson } from '../../src/runtime/host/import/import-json.ts';
import { importParquet } from '../../src/runtime/host/import/import-parquet.ts';
import { inFolder } from '../lib/folder.ts';
import { csvOf, randomBars } from '../lib/market.ts';
import { median, type Row } from '../lib/row.ts';

const ROWS = 1_000_000;
const ROUNDS = 5;

export async function measureData(): Promise<Row[]> {
  const path = inFolder('rows.csv');
  const [parquetPath, linesPath] = [inFolder('rows.parquet'), inFolder('rows.ndjson')];
  const projectDir = inFolder('project');
  const target = { catalogDir: catalogOf(projectDir), productId: 'crypto.R1.global' };
  writeFileSync(path, csvOf(randomBars(ROWS, 1)));
  const importMs = await timed(() => importCsv({ ...target, paths: [path], csv: {} }));
  const loadMs = await timed(() => readDataset(target.catalogDir, 'crypto.R1.global@1m'));
  const selected = await selectBars({ projectDir, ref: 'crypto.R1.global@1m', prices: 'raw' });
  const exportMs = await timed(() => exportToFile(selected, 'parquet', parquetPath, true));
  const parquetMs = await timed(() => importParquet({ ...target, paths: [parquetPath], table: {} }));
  await exportToFile(selected, 'ndjson', linesPath, true);
  const jsonMs = await timed(() => importJson({ ...target, paths: [linesPath], table: {} }));
  return [
    { name: 'CSV import', value: perSecond(importMs), unit: 'rows/s', wanted: 1_000_000 },
    { name: 'Parquet import', value: perSecond(parquetMs), unit: 'rows/s', wanted: 1_000_000 },
    { name: 'JSON lines import', value: perSecond(jsonMs), unit: 'rows/s' },
    { name: 'Parquet export', value: perSecond(exportMs), unit: 'rows/s' },
    { name: 'Arrow load', value: perSecond(loadMs), unit: 'rows/s', wanted: 15_000_000 },
  ];
}

const perSecond = (ms: number): number => ROWS / (ms / 1000);

async function timed(work: () => Promise<unknown>): Promise<number> {
  const ms: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const startMs = performance.now();
    await work();
    ms.push(performance.now() - startMs);
  }
  return median(ms);
}
