/** Import of a CSV file into a catalog, with checks, hash and writing, and loading it again. */
import { writeFileSync } from 'node:fs';
import { readDataset } from '../../src/runtime/host/catalog/read-dataset.ts';
import { importCsv } from '../../src/runtime/host/import/import-csv.ts';
import { csvOf, randomBars } from '../lib/market.ts';
import { median, type Row } from '../lib/row.ts';
import { inWorkshop } from '../lib/workshop.ts';

const ROWS = 1_000_000;
const ROUNDS = 5;

export async function measureData(): Promise<Row[]> {
  const path = inWorkshop('rows.csv');
  const catalogDir = inWorkshop('catalog');
  writeFileSync(path, csvOf(randomBars(ROWS, 1)));
  const importMs = await timed(() => importCsv({ paths: [path], csv: {}, catalogDir, productId: 'crypto.R1.global' }));
  const loadMs = await timed(() => readDataset(catalogDir, 'crypto.R1.global@1m'));
  return [
    { name: 'CSV import', value: perSecond(importMs), unit: 'rows/s', wanted: 1_000_000 },
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
