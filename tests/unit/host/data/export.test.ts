import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CatalogEntry } from '../../../../src/runtime/host/catalog/catalog-entry.ts';
import { readDataset } from '../../../../src/runtime/host/catalog/read-dataset.ts';
import { writeDataset } from '../../../../src/runtime/host/catalog/write-dataset.ts';
import {
  EXPORT_FORMATS,
  type ExportFormat,
  type ExportSelection,
  exportToFile,
  selectBars,
} from '../../../../src/runtime/host/export/export-dataset.ts';
import { catalogOf } from '../../../../src/runtime/host/folders.ts';
import { importCsv } from '../../../../src/runtime/host/import/import-csv.ts';
import type { ImportResult } from '../../../../src/runtime/host/import/import-dataset.ts';
import { importJson } from '../../../../src/runtime/host/import/import-json.ts';
import { importParquet } from '../../../../src/runtime/host/import/import-parquet.ts';
import { loadDataset } from '../../../../src/runtime/host/resolve-data.ts';
import { INTERVAL_MS, type Interval } from '../../../../src/runtime/market/interval.ts';
import { productOf } from '../../../../src/runtime/market/product-defaults.ts';
import { storeCloses } from '../../../helpers/catalog.ts';
import { errorOf } from '../../../helpers/errors.ts';
import { temporaryDir } from '../../../helpers/temporary-dir.ts';

const SAMPLES = ['stock.SPY.usa@1d', 'stock.AAPL.usa@1d', 'crypto.BTCUSD.global@1m', 'forex.EURUSD.global@1h'];
const SPREAD_COLUMNS = ['time', 'open', 'high', 'low', 'close', 'volume', 'spread'];

async function exported(format: ExportFormat, selection: Omit<ExportSelection, 'prices'>): Promise<string> {
  const path = join(temporaryDir(), `bars.${format}`);
  const selected = await selectBars({ prices: 'raw', ...selection });
  expect(await exportToFile(selected, format, path, false)).toBe(readFileSync(path).length);
  return path;
}

/** Tells the importer what the format itself cannot. */
async function importedBack(format: ExportFormat, path: string, original: CatalogEntry, catalogDir: string) {
  const { id, ...overrides } = original.product;
  const { meta, columns } = (await readDataset(catalogDir, original.name))!;
  const table = columns.spread === undefined ? {} : { columns: SPREAD_COLUMNS };
  const back = { catalogDir: temporaryDir(), paths: [path] };
  const facts = { productId: id, overrides, interval: original.interval, factors: meta.factors };
  const importers: Readonly<Record<ExportFormat, () => Promise<ImportResult>>> = {
    parquet: () => importParquet({ ...back, table: {} }),
    csv: () => importCsv({ ...back, ...facts, csv: table }),
    json: () => importJson({ ...back, ...facts, table }),
    ndjson: () => importJson({ ...back, ...facts, table }),
  };
  return importers[format]();
}

describe.each(EXPORT_FORMATS)('%s', format => {
  test.each(SAMPLES)('an import of the export of %s is the same dataset', async ref => {
    const path = await exported(format, { projectDir: temporaryDir(), ref });
    const samples = join(import.meta.dirname, '../../../../samples');
    const original = JSON.parse(readFileSync(join(samples, `${ref}.json`), 'utf8'));
    const { entry, badRowCount } = await importedBack(format, path, original, samples);
    expect({ sha256: entry.sha256, rows: entry.rows, badRowCount }).toEqual({
      ...{ sha256: original.sha256, rows: original.rows, badRowCount: 0 },
    });
  });

  test('of any dataset', async () => {
    const price = fc.double({ min: 1e-9, max: 1e12, noNaN: true });
    const row = fc.record({
      step: fc.integer({ min: 1, max: 5 }),
      prices: fc.array(price, { minLength: 4, maxLength: 4 }),
      volume: price,
    });
    const dataset = fc.record({
      rows: fc.array(row, { minLength: 1, maxLength: 30 }),
      interval: fc.constantFrom<Interval>('1s', '1m', '1h'),
      start: fc.integer({ min: Date.UTC(1970, 0), max: Date.UTC(2099, 0) }),
      hasSpread: fc.boolean(),
      lot: fc.constantFrom(0, 1, 0.001),
    });
    await fc.assert(
      fc.asyncProperty(dataset, async ({ rows, interval, start, hasSpread, lot }) => {
        const projectDir = temporaryDir();
        const length = INTERVAL_MS[interval];
        let open = Math.floor(start / length) * length;
        const time = Float64Array.from(rows, ({ step }) => (open += step * length));
        const column = (pick: (prices: number[]) => number) => Float64Array.from(rows, ({ prices }) => pick(prices));
        const columns = {
          rows: rows.length,
          time,
          open: column(([first = 0]) => first),
          high: column(prices => Math.max(...prices)),
          low: column(prices => Math.min(...prices)),
          close: column(prices => prices[3]!),
          volume: Float64Array.from(rows, ({ volume }) => volume),
          ...(hasSpread && { spread: column(prices => prices[2]! / 3) }),
        };
        const meta = { product: productOf('crypto.XUSD.test', { lot }), interval, source: 'test', factors: [] };
        const original = await writeDataset(catalogOf(projectDir), columns, meta, { badRows: 0 });
        const path = await exported(format, { projectDir, ref: original.name });
        const { entry } = await importedBack(format, path, original, catalogOf(projectDir));
        expect(entry.sha256).toBe(original.sha256);
      }),
      { numRuns: 25 },
    );
  });
});

describe('what is exported', () => {
  const csvOf = async (selection: Partial<ExportSelection>) => {
    const options = { projectDir: temporaryDir(), ref: 'stock.AAPL.usa@1d', prices: 'raw', ...selection } as const;
    const path = join(temporaryDir(), 'bars.csv');
    await exportToFile(await selectBars(options), 'csv', path, false);
    return readFileSync(path, 'utf8').trimEnd().split('\n');
  };

  test('a range, with its end outside', async () => {
    const rows = await csvOf({ from: Date.UTC(2020, 7, 28), to: Date.UTC(2020, 8, 1) });
    expect(rows.map(row => row.slice(0, 20))).toEqual([
      'time,open,high,low,c',
      '2020-08-28T13:30:00Z',
      '2020-08-31T13:30:00Z',
    ]);
  });

  test('prices as they are stored, or adjusted', async () => {
    const range = { from: Date.UTC(2020, 7, 28), to: Date.UTC(2020, 7, 29) };
    const [raw, adjusted] = [await csvOf(range), await csvOf({ ...range, prices: 'adjusted' })];
    const closes = [raw, adjusted].map(rows => Number(rows[1]?.split(',')[4]));
    expect(closes[1]! / closes[0]!).toBeCloseTo(0.25, 2);
  });

  test('longer bars that are made from it', async () => {
    const options = { projectDir: temporaryDir(), prices: 'adjusted' } as const;
    const { dataset } = await loadDataset('stock.AAPL.usa@1w', options);
    const selected = await selectBars({ ...options, ref: 'stock.AAPL.usa@1d', interval: '1w' });
    expect(selected).toMatchObject({
      name: 'stock.AAPL.usa@1w',
      meta: { interval: '1w' },
      bars: { time: dataset.bars.time },
    });
  });

  test('raw weeks across a split are warned of, which adjusted ones are not', async () => {
    const options = { projectDir: temporaryDir(), ref: 'stock.AAPL.usa@1d', interval: '1w' } as const;
    const { warnings } = await selectBars({ ...options, prices: 'raw', to: Date.UTC(2001, 0, 1) });
    expect(warnings).toEqual([{ code: 'raw-split', message: expect.stringContaining('on 2000-06-21, inside') }]);
    expect((await selectBars({ ...options, prices: 'adjusted' })).warnings).toEqual([]);
  });

  test.each([
    ['1m', 'Name a longer interval than 1d, or another dataset.'],
    ['7x', expect.stringMatching(/^Intervals are .*1h, .*1w\.$/)],
  ])('bars of %s cannot be made from bars of a day', async (interval, hint) => {
    const options = { projectDir: temporaryDir(), ref: 'stock.SPY.usa@1d', prices: 'raw', interval } as const;
    await expect(selectBars(options)).rejects.toMatchObject({ code: 'GB_DATA_MISSING', hint });
  });

  test('longer bars are made from it also where others of that length exist', async () => {
    const options = { projectDir: temporaryDir(), prices: 'raw' } as const;
    const catalogDir = catalogOf(options.projectDir);
    const productId = 'stock.SPY.usa';
    await storeCloses(catalogDir, {
      productId,
      interval: '1h',
      start: '2021-01-04T15:00Z',
      closes: [1, 2, 3, 4, 5, 6],
    });
    const { bars } = await selectBars({ ...options, ref: 'stock.SPY.usa@1h', interval: '1d' });
    expect([...bars.close]).toEqual([6]);
  });

  test('of a product that is named without an interval', async () => {
    const options = { projectDir: temporaryDir(), ref: 'stock.AAPL.usa', prices: 'raw' } as const;
    const names = await Promise.all(
      ['1d', '1w'].map(async interval => (await selectBars({ ...options, interval })).name),
    );
    expect(names).toEqual(['stock.AAPL.usa@1d', 'stock.AAPL.usa@1w']);
  });

  test('factors go with raw prices only', async () => {
    const options = { projectDir: temporaryDir(), ref: 'stock.AAPL.usa@1d' } as const;
    expect((await selectBars({ ...options, prices: 'raw' })).meta.factors.length).toBeGreaterThan(0);
    expect((await selectBars({ ...options, prices: 'adjusted' })).meta.factors).toEqual([]);
  });

  test('funding goes along', async () => {
    const projectDir = temporaryDir();
    const funding = [{ time: Date.UTC(2021, 0, 5), rate: 0.0001 }];
    const original = await storeCloses(catalogOf(projectDir), { closes: [1, 2, 3], funding });
    const path = await exported('parquet', { projectDir, ref: original.name });
    expect((await importedBack('parquet', path, original, catalogOf(projectDir))).entry.sha256).toBe(original.sha256);
  });

  test('files of several products are no one dataset', async () => {
    const paths: string[] = [];
    for (const ref of SAMPLES.slice(0, 2)) paths.push(await exported('parquet', { projectDir: temporaryDir(), ref }));
    const error = await errorOf(() => importParquet({ catalogDir: temporaryDir(), paths, table: {} }));
    expect(error).toMatchObject({ code: 'GB_DATA_PRODUCT', message: expect.stringContaining('stock.AAPL.usa') });
  });

  test('a dataset that does not exist', async () => {
    expect((await errorOf(() => csvOf({ ref: 'stock.SPX.usa@1d' }))).code).toBe('GB_DATA_MISSING');
    expect((await errorOf(() => csvOf({ interval: '1s' }))).code).toBe('GB_DATA_MISSING');
    expect((await errorOf(() => csvOf({ from: Date.UTC(2050, 0) }))).code).toBe('GB_DATA_EMPTY');
  });
});

describe('a file', () => {
  const select = () => selectBars({ projectDir: temporaryDir(), ref: 'stock.SPY.usa@1d', prices: 'raw' });

  test('that exists is not overwritten unasked', async () => {
    const path = join(temporaryDir(), 'spy.csv');
    writeFileSync(path, 'mine');
    const selected = await select();
    expect((await errorOf(() => exportToFile(selected, 'csv', path, false))).code).toBe('GB_EXPORT_EXISTS');
    expect(readFileSync(path, 'utf8')).toBe('mine');
    await exportToFile(selected, 'csv', path, true);
    expect(readFileSync(path, 'utf8')).toMatch(/^time,open/);
  });

  test('appears whole: a failure half way leaves what was there', async () => {
    const folder = temporaryDir();
    const path = join(folder, 'spy.csv');
    writeFileSync(path, 'mine');
    const selected = await select();
    const broken = {
      ...selected,
      bars: { ...selected.bars, time: selected.bars.time.map((time, i) => (i === 5000 ? NaN : time)) },
    };
    await expect(exportToFile(broken, 'csv', path, true)).rejects.toThrow(RangeError);
    expect(readFileSync(path, 'utf8')).toBe('mine');
    expect(readdirSync(folder)).toEqual(['spy.csv']);
  });

  test('in a folder that does not exist yet', async () => {
    const path = join(temporaryDir(), 'new', 'spy.ndjson');
    await exportToFile(await select(), 'ndjson', path, false);
    expect(existsSync(path)).toBe(true);
  });
});
