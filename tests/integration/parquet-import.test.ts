import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { listEntries } from '../../src/runtime/host/catalog/catalog-entry.ts';
import { readDataset } from '../../src/runtime/host/catalog/read-dataset.ts';
import type { TableOptions } from '../../src/runtime/host/import/detected-format.ts';
import { importParquet } from '../../src/runtime/host/import/import-parquet.ts';
import { errorOf } from '../helpers/errors.ts';
import { runPython } from '../helpers/python.ts';
import { folderOfSuite, temporaryDir } from '../helpers/temporary-dir.ts';

const ROWS = 50;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

interface Written extends TableOptions {
  readonly days?: boolean;
  /** The row that has no bar. */
  readonly badRow?: number;
}

const folder = folderOfSuite();
let files: Readonly<Record<string, Written>> = {};
beforeAll(async () => {
  files = JSON.parse(await runPython('write_parquet.py', [folder]));
}, 600_000);

async function importFile(name: string, table: TableOptions = {}, strict = false) {
  const catalogDir = temporaryDir();
  const target = { catalogDir, productId: 'crypto.XUSD.test', paths: [join(folder, `${name}.parquet`)], strict };
  const result = await importParquet({ ...target, table });
  return { ...result, columns: (await readDataset(catalogDir, result.entry.name))!.columns };
}

const column = (first: number, step: number) => Array.from({ length: ROWS }, (_, i) => first + i * step);

test('every library, type, unit, encoding and compression gives the same bars, to the bit', async () => {
  const names = Object.keys(files).filter(name => files[name]?.badRow === undefined);
  expect(names.length).toBeGreaterThan(50);
  for (const name of names) {
    const { days, ...table } = files[name]!;
    const { columns, badRowCount } = await importFile(name, table);
    const times = days ? column(Date.UTC(2021, 0, 4), DAY_MS) : column(Date.UTC(2021, 0, 4, 10), MINUTE_MS);
    expect({ name, badRowCount, times: [...columns.time] }).toEqual({ name, badRowCount: 0, times });
    expect({ name, open: [...columns.open] }).toEqual({ name, open: column(100, 1 / 8) });
    expect({ name, high: [...columns.high] }).toEqual({ name, high: column(101, 1 / 8) });
    expect({ name, low: [...columns.low] }).toEqual({ name, low: column(99, 1 / 8) });
    expect({ name, close: [...columns.close] }).toEqual({ name, close: column(100.5, 1 / 8) });
    expect({ name, volume: [...columns.volume] }).toEqual({ name, volume: column(1000, 1) });
  }
});

test.each(['nulls', 'null-time', 'nulls-page-2.0'])(
  '%s: a row without a value is skipped with its place',
  async name => {
    const { columns, badRows } = await importFile(name);
    expect(columns.rows).toBe(ROWS - 1);
    expect(badRows).toEqual([expect.objectContaining({ file: `${name}.parquet`, line: 4 })]);
    expect(badRows[0]?.text).toContain('100.375,101.375,99.375');
    const error = await errorOf(() => importFile(name, {}, true));
    expect(error).toMatchObject({
      code: 'GB_DATA_BAD_ROWS',
      problems: [expect.stringContaining(`${name}.parquet:4:`)],
    });
  },
);

describe('what cannot be imported says why, and leaves no trace', () => {
  test.each([
    ['lz4', {}, 'GB_PARQUET_FORMAT', 'LZ4'],
    ['flags', {}, 'GB_PARQUET_FORMAT', '"time"'],
    ['ticks', {}, 'GB_PARQUET_FORMAT', 'no column for open, high, low among "time", "price"'],
    ['lists', {}, 'GB_PARQUET_FORMAT', 'no column for high'],
    ['high-flags', {}, 'GB_PARQUET_FORMAT', 'column "high" is of type boolean'],
    ['words', {}, 'GB_PARQUET_FORMAT', '"soon"'],
    ['ambiguous', {}, 'GB_CSV_AMBIGUOUS_DATE', '03/04/2015'],
    ['empty', {}, 'GB_DATA_EMPTY', 'empty.parquet'],
    ['utc-ms', { columns: ['time', 'price', 'size', 'colour'] }, 'GB_CSV_OPTION', '"colour"'],
    ['utc-ms', { columns: Array(7).fill('-') }, 'GB_PARQUET_FORMAT', '7 columns are named, but it has 6'],
    ['utc-ms', { timeZone: 'Mars/Olympus' }, 'GB_CSV_OPTION', 'Mars/Olympus'],
    ['nowhere', {}, 'GB_DATA_MISSING', 'nowhere.parquet'],
  ])('%s', async (name, table, code, message) => {
    const catalogDir = temporaryDir();
    const target = { catalogDir, productId: 'crypto.XUSD.test', paths: [join(folder, `${name}.parquet`)] };
    const error = await errorOf(() => importParquet({ ...target, table }));
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
    expect(listEntries(catalogDir)).toEqual([]);
  });

  test.each(['products-in-turn', 'products-mixed', 'products-pandas'])('%s, none of which is wanted', async name => {
    const paths = [join(folder, `${name}.parquet`)];
    const target = { catalogDir: temporaryDir(), productId: 'crypto.ZUSD.test', paths };
    expect(await errorOf(() => importParquet({ ...target, table: {} }))).toMatchObject({
      code: 'GB_PARQUET_FORMAT',
      message: expect.stringMatching(/its rows are of 2 products: [XY]USD, [XY]USD\.$/),
    });
  });

  test('a file that is cut off, anywhere', async () => {
    const whole = readFileSync(join(folder, 'snappy-page-1.0.parquet'));
    const path = join(temporaryDir(), 'cut.parquet');
    for (const length of [0, 3, 8, 100, whole.length >> 1, whole.length - 9, whole.length - 1]) {
      writeFileSync(path, whole);
      truncateSync(path, length);
      const target = { catalogDir: temporaryDir(), productId: 'crypto.XUSD.test', paths: [path] };
      expect(await errorOf(() => importParquet({ ...target, table: {} }))).toMatchObject({ code: 'GB_PARQUET_FORMAT' });
    }
  });

  test.each([
    ['a page whose checksum is wrong', 'checksums', 60, 61, 'a checksum is wrong'],
    ['a page that makes no sense', 'zstd-page-2.0', 10, 100, 'column "time" cannot be read'],
  ])('%s', async (_, name, from, to, message) => {
    const whole = readFileSync(join(folder, `${name}.parquet`));
    const path = join(temporaryDir(), 'damaged.parquet');
    writeFileSync(path, whole.fill(0xff, from, to));
    const target = { catalogDir: temporaryDir(), productId: 'crypto.XUSD.test', paths: [path] };
    const error = await errorOf(() => importParquet({ ...target, table: {} }));
    expect(error).toMatchObject({ code: 'GB_PARQUET_FORMAT', message: expect.stringContaining(message) });
  });

  test('nobody says the product', async () => {
    const paths = [join(folder, 'utc-ms.parquet')];
    const error = await errorOf(() => importParquet({ catalogDir: temporaryDir(), paths, table: {} }));
    expect(error.code).toBe('GB_DATA_PRODUCT');
  });
});
