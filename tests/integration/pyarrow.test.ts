import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importCsv } from '../../src/runtime/host/import/import-csv.ts';
import { importLean } from '../../src/runtime/host/lean/import-lean.ts';
import { writeLeanZip } from '../helpers/lean-zip.ts';
import { runPython } from '../helpers/python.ts';
import { temporaryDir } from '../helpers/temporary-dir.ts';

const PRICES = { open: 'double', high: 'double', low: 'double', close: 'double', volume: 'double' };

test('pyarrow reads an imported CSV file; every value equals the source', async () => {
  const catalogDir = temporaryDir();
  const path = join(catalogDir, 'source.csv');
  const row = (i: number): string => {
    const [low, high] = [0.1 + i / 7, 0.3 + i / 7];
    return `${1_600_000_020_000 + i * 60_000},${low},${high},${low},${high},${i / 3}`;
  };
  writeFileSync(
    path,
    ['time,open,high,low,close,volume', ...Array.from({ length: 5_000 }, (_, i) => row(i))].join('\n'),
  );
  const { entry } = await importCsv({ catalogDir, productId: 'crypto.XUSD.test', paths: [path], csv: {} });
  const summary = JSON.parse(await runPython('compare_with_csv.py', [join(catalogDir, entry.file), path]));
  expect(summary).toMatchObject({
    rows: 5_000,
    types: { time: 'timestamp[ms, tz=UTC]', ...PRICES },
    metadata: { calendar: '24/7', interval: '1m', source: 'CSV source.csv', factors: '[]' },
  });
  expect(JSON.parse(summary.metadata.product)).toEqual(entry.product);
});

test('pyarrow reads imported LEAN quotes with their spread', async () => {
  const catalogDir = temporaryDir();
  const lean = Array.from(
    { length: 20 },
    (_, i) => `20150102 ${String(i).padStart(2, '0')}:00,1,2,1,2,0,1.5,2.5,1.5,2.25,0`,
  );
  const zip = writeLeanZip(catalogDir, 'eurusd.zip', 'eurusd.csv', lean);
  const { entry } = await importLean({ catalogDir, productId: 'forex.EURUSD.test', paths: [zip] });
  const expected = join(catalogDir, 'expected.csv');
  const rows = lean.map((_, i) => `${Date.UTC(2015, 0, 2, i)},1.25,2.25,1.25,2.125,0,0.25`);
  writeFileSync(expected, ['time,open,high,low,close,volume,spread', ...rows].join('\n'));
  const summary = JSON.parse(await runPython('compare_with_csv.py', [join(catalogDir, entry.file), expected]));
  expect(summary).toMatchObject({ rows: 20, types: { ...PRICES, spread: 'double' } });
});
