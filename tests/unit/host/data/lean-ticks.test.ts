import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readDataset } from '../../../../src/runtime/host/catalog/read-dataset.ts';
import { importLean } from '../../../../src/runtime/host/lean/import-lean.ts';
import { isoTime } from '../../../../src/runtime/market/civil-date.ts';
import { errorOf } from '../../../helpers/errors.ts';
import { writeLeanZip } from '../../../helpers/lean-zip.ts';
import { temporaryDir } from '../../../helpers/temporary-dir.ts';

const OPEN_MS = 9.5 * 3_600_000;

type Tables = Readonly<Record<string, readonly string[]>>;

/** Archives of one folder, each `zip name: table name` with its rows. */
async function importTables(productId: string, tables: Tables, more: { interval?: string; strict?: boolean } = {}) {
  const folder = temporaryDir();
  for (const [names, rows] of Object.entries(tables)) {
    const [zip = '', table = ''] = names.split(': ');
    writeLeanZip(folder, zip, table, rows);
  }
  const catalogDir = join(folder, 'catalog');
  const result = await importLean({ catalogDir, productId, paths: [folder], ...more });
  const { columns } = (await readDataset(catalogDir, result.entry.name))!;
  const { time, open, high, low, close, volume, spread } = columns;
  const rows = Array.from(time, (timeMs, i) => [
    isoTime(timeMs),
    ...[open, high, low, close, volume, spread].flatMap(column => column?.[i] ?? []),
  ]);
  return { ...result, rows };
}

const SPY_TRADES = [
  `${OPEN_MS}.25,1000000,100,P,20,0`,
  `${OPEN_MS + 500},1010000,50,Q,1,0`,
  `${OPEN_MS + 400},990000,10,Q,1,0`,
  `${OPEN_MS + 600},5000000,10,Q,1,1`,
  `${OPEN_MS + 61_000},1005000,25,Z,80000000,0`,
];

test('trades of a stock: New York time, prices x 10,000, suspicious ones left out, late ones in place', async () => {
  const tables = { '20131007_trade.zip: 20131007_spy_Trade_Tick.csv': SPY_TRADES };
  const { entry, rows, ticks, badRowCount } = await importTables('stock.SPY.usa', tables);
  expect(entry).toMatchObject({ name: 'stock.SPY.usa@1m', source: 'LEAN 20131007_trade.zip' });
  expect(rows).toEqual([
    ['2013-10-07T13:30Z', 100, 101, 99, 101, 160],
    ['2013-10-07T13:31Z', 100.5, 100.5, 100.5, 100.5, 25],
  ]);
  expect(ticks).toEqual({ trades: 4, quotes: 0, suspicious: 1, outOfOrder: 1, quotesWithoutSpread: 0 });
  expect(badRowCount).toBe(0);
});

test('trades and quotes of a stock in one folder: quotes tell one side at a time and become the spread', async () => {
  const { rows, ticks } = await importTables(
    'stock.SPY.usa',
    {
      '20131007_trade.zip: 20131007_spy_Trade_Tick.csv': SPY_TRADES,
      '20131007_quote.zip: 20131007_spy_Quote_Tick.csv': [
        `${OPEN_MS},999000,100,0,0,P,1,0`,
        `${OPEN_MS + 1},0,0,1000000,100,Q,1,0`,
        `${OPEN_MS + 2},0,0,1,100,Q,1,1`,
        `${OPEN_MS + 61_500},1001000,100,0,0,Q,1,0`,
        `${OPEN_MS + 61_900},999500,100,0,0,Q,1,0`,
      ],
    },
    { interval: '1s' },
  );
  expect(rows.map(([time, , , , , volume, spread]) => [time, volume, Number(Number(spread).toFixed(6))])).toEqual([
    ['2013-10-07T13:30Z', 160, 0.1],
    ['2013-10-07T13:31:01Z', 25, 0.05],
  ]);
  expect(ticks).toMatchObject({ trades: 4, quotes: 4, suspicious: 2, quotesWithoutSpread: 2 });
});

test('crypto: UTC, plain prices, fractional sizes; days of several archives follow each other', async () => {
  const { entry, rows } = await importTables(
    'crypto.BTCUSD.global',
    {
      '20180405_trade.zip: 20180405_btcusd_tick_trade.csv': ['1000,6800.5,0.25', '2000,6801,0.5'],
      '20180404_trade.zip: 20180404_btcusd_tick_trade.csv': ['86399000,6900,1.5,0', '86399999,6901,1,1'],
    },
    { interval: '5s' },
  );
  expect(entry.name).toBe('crypto.BTCUSD.global@5s');
  expect(rows).toEqual([
    ['2018-04-04T23:59:55Z', 6900, 6900, 6900, 6900, 1.5],
    ['2018-04-05T00:00Z', 6800.5, 6801, 6800.5, 6801, 0.75],
  ]);
});

test('quotes of crypto and of forex become bars of the middle with their spread', async () => {
  const crypto = { '20180404_quote.zip: 20180404_btcusd_tick_quote.csv': ['0,100,2,101,3', '1,102,1,104,1,1'] };
  expect((await importTables('crypto.BTCUSD.global', crypto)).rows).toEqual([
    ['2018-04-04T00:00Z', 100.5, 100.5, 100.5, 100.5, 5, 1],
  ]);
  const forex = { '20150102_quote.zip: 20150102_eurusd_tick_quote.csv': ['0,1.25,1.5', '10,1.5,1.625'] };
  expect((await importTables('forex.EURUSD.global', forex)).rows).toEqual([
    ['2015-01-02T00:00Z', 1.375, 1.5625, 1.375, 1.5625, 0, 0.125],
  ]);
});

describe('what cannot be a tick', () => {
  const tables = {
    '20180404_trade.zip: 20180404_btcusd_tick_trade.csv': [
      '0,100,1',
      'soon,100,1',
      '5,0,1',
      '6,100',
      '7,100,-1',
      '8,101,1',
    ],
  };

  test('is skipped with its line', async () => {
    const { rows, badRows, badRowCount } = await importTables('crypto.BTCUSD.global', tables);
    expect(rows).toEqual([['2018-04-04T00:00Z', 100, 101, 100, 101, 2]]);
    expect(badRowCount).toBe(4);
    expect(badRows.map(({ file, line, reason }) => `${file}:${line} ${reason}`)).toEqual([
      '20180404_trade.zip:2 the time cannot be read',
      '20180404_trade.zip:3 the price is not a positive number',
      '20180404_trade.zip:4 fields are missing',
      '20180404_trade.zip:5 the size is not a number',
    ]);
  });

  test('refuses the import with --strict', async () => {
    const error = await errorOf(() => importTables('crypto.BTCUSD.global', tables, { strict: true }));
    expect(error.code).toBe('GB_DATA_BAD_ROWS');
  });

  test('a quote with a word for a price', async () => {
    const quotes = { '20180404_quote.zip: 20180404_btcusd_tick_quote.csv': ['0,100,1,101,1', '1,high,1,101,1'] };
    const { badRows } = await importTables('crypto.BTCUSD.global', quotes);
    expect(badRows).toEqual([expect.objectContaining({ line: 2, reason: 'a price or a size is not a number' })]);
  });
});

test.each(['1h', '1d', '7m'])('bars of %s are not folded from ticks', async interval => {
  const tables = { '20131007_trade.zip: 20131007_spy_Trade_Tick.csv': SPY_TRADES };
  const error = await errorOf(() => importTables('stock.SPY.usa', tables, { interval }));
  expect(error).toMatchObject({ code: 'GB_DATA_INTERVAL', hint: expect.stringContaining('--interval 1m') });
});

test('ticks and bars are not mixed', async () => {
  const error = await errorOf(() =>
    importTables('stock.SPY.usa', {
      '20131007_trade.zip: 20131007_spy_Trade_Tick.csv': SPY_TRADES,
      '20131008_trade.zip: 20131008_spy_minute_trade.csv': [`${OPEN_MS},1,1,1,1,1`],
    }),
  );
  expect(error.code).toBe('GB_DATA_FORMAT');
});
