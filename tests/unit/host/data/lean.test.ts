import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { readDataset } from '../../../../src/runtime/host/catalog/read-dataset.ts';
import { importLean } from '../../../../src/runtime/host/lean/import-lean.ts';
import { isoTime, parseIsoDate } from '../../../../src/runtime/market/civil-date.ts';
import { errorOf } from '../../../helpers/errors.ts';
import { writeLeanZip } from '../../../helpers/lean-zip.ts';
import { temporaryDir } from '../../../helpers/temporary-dir.ts';

const MINUTE_MS = 60_000;

async function importZip(productId: string, table: string, rows: readonly string[], more: object = {}) {
  const folder = temporaryDir();
  const path = writeLeanZip(folder, 'data.zip', table, rows);
  const catalogDir = join(folder, 'catalog');
  const result = await importLean({ catalogDir, productId, paths: [path], ...more });
  return { ...result, loaded: (await readDataset(catalogDir, result.entry.name))! };
}

describe('layouts', () => {
  test('daily stocks: prices x 10,000, dates become the open in New York', async () => {
    const rows = [
      '20210312 00:00,1000000,1010100,990000,1005001,123',
      '20210315 00:00,1005000,1010000,1000000,1000000,5',
    ];
    const { entry, loaded } = await importZip('stock.SPY.usa', 'spy.csv', rows, { interval: '1d' });
    expect(entry).toMatchObject({ name: 'stock.SPY.usa@1d', rows: 2, source: 'LEAN data.zip' });
    const { time, open, high, low, close, volume } = loaded.columns;
    expect(Array.from(time, isoTime)).toEqual(['2021-03-12T14:30Z', '2021-03-15T13:30Z']);
    expect([open[0], high[0], low[0], close[0], volume[0]]).toEqual([100, 101.01, 99, 100.5001, 123]);
  });

  test('minutes of stocks count from midnight in New York on the day in the name', async () => {
    const rows = [`${570 * MINUTE_MS},10000,10000,10000,10000,1`, `${571 * MINUTE_MS},20000,20000,20000,20000,1`];
    const { entry, loaded } = await importZip('stock.SPY.usa', '20131004_spy_minute_trade.csv', rows);
    expect(entry.interval).toBe('1m');
    expect(Array.from(loaded.columns.time, isoTime)).toEqual(['2013-10-04T13:30Z', '2013-10-04T13:31Z']);
  });

  test('hours of stocks are New York time, through a change of clocks', async () => {
    const rows = ['20210312 10:00', '20210312 11:00', '20210315 10:00'].map(time => `${time},1,1,1,1,1`);
    const { loaded } = await importZip('stock.SPY.usa', 'spy.csv', rows);
    expect(Array.from(loaded.columns.time, isoTime)).toEqual([
      '2021-03-12T15:00Z',
      '2021-03-12T16:00Z',
      '2021-03-15T14:00Z',
    ]);
  });

  test('crypto: prices as they are, UTC', async () => {
    const { loaded } = await importZip('crypto.BTCUSD.global', '20180404_btcusd_minute_trade.csv', [
      ...['0,7424.91,7424.91,7422,7422,7.14319709', '60000,7420,7422,7405,7405,13.35069752'],
    ]);
    expect(Array.from(loaded.columns.time, isoTime)).toEqual(['2018-04-04T00:00Z', '2018-04-04T00:01Z']);
    expect([...loaded.columns.volume]).toEqual([7.14319709, 13.35069752]);
    expect(loaded.columns.spread).toBeUndefined();
  });

  test('quotes become the middle of bid and ask, with the spread at the close', async () => {
    const rows = [
      '20150102 10:00,1.5,1.75,1.25,1.5,3,1.75,2,1.5,2,4',
      '20150102 11:00,1.5,1.5,1.5,1.5,0,1.5,1.5,1.5,1.5,0',
    ];
    const { loaded, entry } = await importZip('forex.EURUSD.global', 'eurusd.csv', rows);
    const { open, high, low, close, volume, spread } = loaded.columns;
    expect([open[0], high[0], low[0], close[0], volume[0], spread?.[0]]).toEqual([1.625, 1.875, 1.375, 1.75, 7, 0.5]);
    expect(entry.name).toBe('forex.EURUSD.global@1h');
    expect(Array.from(loaded.columns.time, isoTime)).toEqual(['2015-01-02T10:00Z', '2015-01-02T11:00Z']);
  });
});

test('the archives of a folder are one dataset, in the order of their days', async () => {
  const folder = temporaryDir();
  const day = (date: string, price: number): string =>
    writeLeanZip(folder, `btcusd_${date}_trade.zip`, `${date}_btcusd_minute_trade.csv`, [
      ...[`0,${price},${price},${price},${price},1`, `60000,${price},${price},${price},${price},1`],
    ]);
  day('20180405', 2);
  day('20180404', 1);
  writeLeanZip(folder, 'ethusd_20180404_trade.zip', '20180404_ethusd_minute_trade.csv', ['0,9,9,9,9,9']);
  writeLeanZip(folder, 'btcusd_20180404_quote.zip', '20180404_btcusd_minute_quote.csv', ['0,9,9,9,9,9,9,9,9,9,9']);
  const catalogDir = join(folder, 'catalog');
  const { entry } = await importLean({ catalogDir, productId: 'crypto.BTCUSD.global', paths: [folder] });
  const { columns } = (await readDataset(catalogDir, entry.name))!;
  expect([...columns.close]).toEqual([1, 1, 2, 2]);
});

describe('of a folder of several products', () => {
  const folderOf = (...names: string[]): string => {
    const folder = temporaryDir();
    names.forEach((name, index) => {
      const price = (index + 1) * 10_000;
      const rows = ['20210104', '20210105'].map(day => `${day} 00:00,${price},${price},${price},${price},1`);
      writeLeanZip(folder, `${name}.zip`, 'data.csv', rows);
    });
    return folder;
  };
  const importFrom = (folder: string, symbol: string) => {
    const target = { catalogDir: join(folder, 'catalog'), productId: `stock.${symbol}.usa`, interval: '1d' };
    return importLean({ ...target, paths: [folder] });
  };

  test.each([
    ['A', 'a.zip'],
    ['GOOG', 'goog.zip'],
    ['BRK.B', 'brk.b.zip'],
  ])('only those named after %s count, not those whose names hold it', async (symbol, archive) => {
    const { entry, badRowCount } = await importFrom(folderOf('aapl', 'a', 'googl', 'goog', 'brk.b', 'brk'), symbol);
    expect([entry.source, entry.rows, badRowCount]).toEqual([`LEAN ${archive}`, 2, 0]);
  });

  test('one without the symbol is refused', async () => {
    const error = await errorOf(() => importFrom(folderOf('aapl', 'ibm'), 'MSFT'));
    expect(error).toMatchObject({
      code: 'GB_DATA_MISSING',
      message: expect.stringContaining('named after MSFT, and there are several products: aapl, ibm.'),
    });
  });

  test('one of archives without names, or of one other name, is taken whole', async () => {
    expect((await importFrom(folderOf('20210104_trade'), 'MSFT')).entry.rows).toBe(2);
    expect((await importFrom(folderOf('msftold'), 'MSFT')).entry.rows).toBe(2);
  });
});

test('a factor file goes into the dataset', async () => {
  const folder = temporaryDir();
  const factorPath = join(folder, 'spy.csv');
  writeFileSync(factorPath, '19980102,0.65,0.5,1\r\n20501231,1,1,0\r\n');
  const { loaded, entry } = await importZip('stock.SPY.usa', 'spy.csv', ['20210312 00:00,10000,10000,10000,10000,1'], {
    ...{ factorPath, interval: '1d' },
  });
  expect(loaded.meta.factors).toEqual([
    { day: parseIsoDate('1998-01-02'), priceFactor: 0.65, splitFactor: 0.5 },
    { day: parseIsoDate('2050-12-31'), priceFactor: 1, splitFactor: 1 },
  ]);
  expect(entry.source).toBe('LEAN data.zip, factors spy.csv');
});

test.each([
  ['a word instead of a number', '20200102,1,one', ':1:'],
  ['a factor of zero', '20200102,0,1', ':1:'],
  ['a date that goes back', '20200102,1,1\n20200101,1,1', ':2:'],
])('a factor file with %s is refused with its line', async (_, text, place) => {
  const factorPath = join(temporaryDir(), 'bad.csv');
  writeFileSync(factorPath, text);
  const error = await errorOf(() => importZip('stock.SPY.usa', 'spy.csv', [], { factorPath }));
  expect(error).toMatchObject({ code: 'GB_DATA_FORMAT', message: expect.stringContaining(`bad.csv${place}`) });
});

describe('flawed rows', () => {
  const good = (day: number): string => `202101${String(day).padStart(2, '0')} 00:00,2,3,1,2,1`;
  const flawed = [
    ...[
      good(4),
      '20210105 00:00,2,3,1',
      '20210106 00:00,2,x,1,2,1',
      '20210107 00:00,2,3,0,2,1',
      '20210108 00:00,2,1,3,2,1',
    ],
    ...[
      '20210109 00:00,2,3,1,4,1',
      '20210110 00:00,2,3,2.5,3,1',
      '20210111 00:00,2,3,1,2,-1',
      good(12),
      good(12),
      good(11),
    ],
    ...['someday,2,3,1,2,1', good(13), good(14), ''],
  ];

  test('are skipped, each with its line, reason and text', async () => {
    const { badRows, badRowCount, rows, entry } = await importZip('crypto.XUSD.global', 'x.csv', flawed);
    expect(rows).toBe(4);
    expect(badRowCount).toBe(10);
    expect(entry.badRows).toBe(10);
    expect(badRows.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'fields are missing'],
      [3, 'a price is not a number'],
      [4, 'a price is not positive'],
      [5, 'high is below low'],
      [6, 'high is below open or close'],
      [7, 'low is above open or close'],
      [8, 'volume is negative or not a number'],
      [10, 'the time is the same as in the row before'],
      [11, 'the time is before the row before'],
      [12, 'the time cannot be read'],
    ]);
    expect(badRows[1]).toMatchObject({ file: 'data.zip', text: '20210106 00:00,2,x,1,2,1' });
  });

  test('refuse a strict import, which then leaves nothing behind', async () => {
    const folder = temporaryDir();
    const path = writeLeanZip(folder, 'data.zip', 'x.csv', flawed);
    const catalogDir = join(folder, 'catalog');
    mkdirSync(catalogDir);
    const target = { catalogDir, productId: 'crypto.XUSD.global', paths: [path], strict: true };
    const error = await errorOf(() => importLean(target));
    expect(error).toMatchObject({ code: 'GB_DATA_BAD_ROWS', message: expect.stringContaining('10 bad rows') });
    expect(error.problems[0]).toBe('data.zip:2: fields are missing: 20210105 00:00,2,3,1');
    expect(readdirSync(catalogDir)).toEqual([]);
  });

  test('a quote without a bid is bad, as is an ask below the bid', async () => {
    const rows = [
      '20150102 10:00,1,1,1,1,0,2,2,2,2,0',
      '20150102 11:00,0,0,0,0,0,2,2,2,2,0',
      '20150102 12:00,2,2,2,2,0,1,1,1,1,0',
    ];
    const { badRows } = await importZip('forex.EURUSD.global', 'eurusd.csv', rows, { interval: '1h' });
    expect(badRows.map(({ reason }) => reason)).toEqual(['a price is not positive', 'the ask is below the bid']);
  });

  test('newest first is turned around', async () => {
    const { loaded, badRowCount } = await importZip('crypto.XUSD.global', 'x.csv', [good(6), good(5), good(4)]);
    expect(badRowCount).toBe(0);
    expect(Array.from(loaded.columns.time, isoTime)).toEqual([
      '2021-01-04T00:00Z',
      '2021-01-05T00:00Z',
      '2021-01-06T00:00Z',
    ]);
  });
});

test.each([
  ['a header and ISO dates', 'spy.csv', ['date,open,high,low,close,volume', '2021-01-04,2,3,1,2,1'], '2021-01-04'],
  ['epochs', 'BTCUSDT-1m-2021-01.csv', ['1609459200000,2,3,1,2,1'], '1609459200000'],
  ['epochs under a name with a day', '20210104_spy.csv', ['1609747200000,2,3,1,2,1'], '1609747200000'],
])('an archive of another table, with %s, is refused, not taken for LEAN and divided', async (_, name, rows, time) => {
  const path = writeLeanZip(temporaryDir(), 'any.zip', name, rows);
  const target = { catalogDir: temporaryDir(), productId: 'stock.SPY.usa', interval: '1d', paths: [path] };
  expect(await errorOf(() => importLean(target))).toMatchObject({
    code: 'GB_DATA_FORMAT',
    message: expect.stringContaining(`"${time}"`),
    hint: expect.stringContaining('Unpack'),
  });
});

test('what cannot be imported says why', async () => {
  const folder = temporaryDir();
  const catalogDir = join(folder, 'catalog');
  const code = async (productId: string, path: string, more: object = {}): Promise<string> =>
    (await errorOf(() => importLean({ catalogDir, productId, paths: [path], ...more }))).code;
  const broken = join(folder, 'broken.zip');
  writeFileSync(broken, 'PK, but not really');
  const noTable = join(folder, 'no-table.zip');
  writeFileSync(noTable, zipSync({ 'readme.txt': new Uint8Array(3) }));
  const empty = writeLeanZip(folder, 'empty.zip', 'x.csv', []);
  const one = writeLeanZip(folder, 'one.zip', 'x.csv', ['20210104 00:00,2,3,1,2,1']);
  const emptyFolder = join(folder, 'none');
  mkdirSync(emptyFolder);
  const id = 'crypto.XUSD.global';
  expect(await code(id, broken)).toBe('GB_DATA_FORMAT');
  expect(await code(id, noTable)).toBe('GB_DATA_FORMAT');
  expect(await code(id, empty)).toBe('GB_DATA_EMPTY');
  expect(await code(id, join(folder, 'missing.zip'))).toBe('GB_DATA_MISSING');
  expect(await code(id, emptyFolder)).toBe('GB_DATA_MISSING');
  expect(await code(id, one)).toBe('GB_DATA_INTERVAL');
  expect(await code(id, one, { interval: '2d' })).toBe('GB_DATA_INTERVAL');
  expect(await code('XUSD', one)).toBe('GB_DATA_PRODUCT');
});
