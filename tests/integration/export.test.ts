import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EXPORT_FORMATS, exportToFile, selectBars } from '../../src/runtime/host/export/export-dataset.ts';
import { runPython } from '../helpers/python.ts';
import { temporaryDir } from '../helpers/temporary-dir.ts';

const PRICES = { open: 'double', high: 'double', low: 'double', close: 'double', volume: 'double' };

test.each([
  ['stock.SPY.usa@1d', PRICES],
  ['forex.EURUSD.global@1h', { ...PRICES, spread: 'double' }],
])('pandas, pyarrow, Polars and DuckDB read an export of %s; every value equals the dataset', async (ref, types) => {
  const folder = temporaryDir();
  const selected = await selectBars({ projectDir: folder, ref, prices: 'raw' });
  for (const format of EXPORT_FORMATS) await exportToFile(selected, format, join(folder, `bars.${format}`), false);
  const samples = join(import.meta.dirname, '../../samples');
  const entry = JSON.parse(readFileSync(join(samples, `${ref}.json`), 'utf8'));
  const found = JSON.parse(await runPython('read_export.py', [join(samples, entry.file), folder]));
  expect(found).toMatchObject({
    rows: entry.rows,
    types: { time: 'timestamp[ms, tz=UTC]', ...types },
    same: ['pandas', 'polars', 'duckdb', 'csv', 'json', 'ndjson'],
    metadata: { calendar: entry.calendar, interval: entry.interval },
  });
});
