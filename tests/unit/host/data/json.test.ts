import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listEntries } from '../../../../src/runtime/host/catalog/catalog-entry.ts';
import { readDataset } from '../../../../src/runtime/host/catalog/read-dataset.ts';
import type { TableOptions } from '../../../../src/runtime/host/import/detected-format.ts';
import { importJson } from '../../../../src/runtime/host/import/import-json.ts';
import { isoTime } from '../../../../src/runtime/market/civil-date.ts';
import { errorOf } from '../../../helpers/errors.ts';
import { temporaryDir } from '../../../helpers/temporary-dir.ts';

const ROWS = 3;
const START_MS = Date.UTC(2021, 0, 4);
const DAY_MS = 86_400_000;

interface Source {
  readonly name?: string;
  readonly table?: TableOptions;
  readonly strict?: boolean;
  readonly interval?: string;
  readonly catalogDir?: string;
}

async function importText(
  text: string,
  { name = 'prices.json', table = {}, catalogDir = temporaryDir(), ...more }: Source = {},
) {
  const path = join(temporaryDir(), name);
  writeFileSync(path, text);
  const result = await importJson({ catalogDir, productId: 'crypto.XUSD.test', paths: [path], table, ...more });
  const { time, open, high, low, close, volume } = (await readDataset(catalogDir, result.entry.name))!.columns;
  const rows = Array.from(time, (timeMs, i) => [isoTime(timeMs), open[i], high[i], low[i], close[i], volume[i]]);
  return { ...result, rows };
}

const rowAt = (i: number) => [START_MS + i * DAY_MS, 10.1 + i, 11 + i, 9 + i, 10.5 + i, 100 + i];
const EXPECTED = Array.from({ length: ROWS }, (_, i) => [isoTime(START_MS + i * DAY_MS), ...rowAt(i).slice(1)]);
const NAMES = ['time', 'open', 'high', 'low', 'close', 'volume'];

const records = (names = NAMES, time = (timeMs: number): unknown => timeMs) =>
  Array.from({ length: ROWS }, (_, i) => {
    const [timeMs = 0, ...values] = rowAt(i);
    return Object.fromEntries([time(timeMs), ...values].map((value, column) => [names[column], value]));
  });

const columnOf = (column: number) => Array.from({ length: ROWS }, (_, i) => rowAt(i)[column]!);
const arrays = Object.fromEntries(NAMES.map((name, column) => [name, columnOf(column)]));
const indexed = (column: number, key: (row: number) => string) =>
  Object.fromEntries(columnOf(column).map((value, row) => [key(row), value]));
const iso = (timeMs: number) => new Date(timeMs).toISOString();
const lines = (rows: readonly unknown[]) => rows.map(row => JSON.stringify(row)).join('\n');
const klines = Array.from({ length: ROWS }, (_, i) => {
  const [time = 0, ...values] = rowAt(i);
  return [time, ...values.map(String), time + DAY_MS - 1, '12345.6', 42];
});

describe('one and the same table, as', () => {
  test.each<[string, string, TableOptions?]>([
    ['an array of objects', JSON.stringify(records())],
    ['an array of objects over many lines', JSON.stringify(records(), null, 2)],
    ['one object a line', lines(records())],
    [
      'one object a line, with a mark at the start, blank lines and returns',
      `\ufeff${lines(records()).replaceAll('\n', '\r\n\r\n')}\r\n`,
    ],
    ['one array a line', lines(klines)],
    ['an array of arrays, as an exchange answers', JSON.stringify(klines)],
    [
      'an answer with its rows inside',
      JSON.stringify({ status: 'OK', count: 3, results: records(['t', 'o', 'h', 'l', 'c', 'v']) }),
    ],
    ['an array a column', JSON.stringify(arrays)],
    [
      'an array a column, with a status beside',
      JSON.stringify({
        s: 'ok',
        t: columnOf(0).map(time => time / 1000),
        o: columnOf(1),
        h: columnOf(2),
        l: columnOf(3),
        c: columnOf(4),
        v: columnOf(5),
      }),
    ],
    [
      'an object a column',
      JSON.stringify(Object.fromEntries(NAMES.map((name, column) => [name, indexed(column, String)]))),
    ],
    [
      'an object a column with times as keys',
      JSON.stringify(
        Object.fromEntries(NAMES.slice(1).map((name, i) => [name, indexed(i + 1, row => String(columnOf(0)[row]))])),
      ),
    ],
    ['written times', JSON.stringify(records(NAMES, iso))],
    [
      'dates, under names of a vendor',
      JSON.stringify(records(['Date', 'Open', 'High', 'Low', 'Close', 'Volume'], time => iso(time).slice(0, 10))),
    ],
    ['epoch seconds', JSON.stringify(records(NAMES, time => time / 1000))],
    ['epoch nanoseconds', JSON.stringify(records(NAMES, time => time * 1e6))],
    [
      'days before months',
      JSON.stringify(records(NAMES, time => iso(time).slice(0, 10).split('-').reverse().join('/'))),
      { timeFormat: 'dmy' },
    ],
    [
      'times of New York',
      JSON.stringify(records(NAMES, time => iso(time - 5 * 3_600_000).slice(0, 16))),
      { timeZone: 'America/New_York' },
    ],
    ['stamps of the close', JSON.stringify(records(NAMES, time => time + DAY_MS)), { stamp: 'close' }],
    ['names that mean nothing', JSON.stringify(records(['a', 'b', 'c', 'd', 'e', 'f'])), { columns: NAMES }],
    [
      'numbers as texts, and other members',
      JSON.stringify(
        records().map(row => ({ id: 'a,"b"\n', ...row, close: String(row.close), tags: ['x'], note: null })),
      ),
    ],
  ])('%s', async (_, text, table = {}) => {
    const { rows, badRowCount } = await importText(text, { table });
    expect(rows).toEqual(EXPECTED);
    expect(badRowCount).toBe(0);
  });

  test('JSON lines by the ending of the name', async () => {
    const text = `oops\n${lines(records())}`;
    const { rows, badRows } = await importText(text, { name: 'prices.ndjson' });
    expect(rows).toEqual(EXPECTED);
    expect(badRows).toEqual([
      { file: 'prices.ndjson', line: 1, reason: 'the line is not a JSON object or array', text: 'oops' },
    ]);
  });
});

test('of records of several products those of the product are read; of another product there are none', async () => {
  const both = records().flatMap((record, i) => [
    ...(i === 1 ? [{ ...record, close: 10.2, symbol: 'YUSD' }] : []),
    { ...record, symbol: 'XUSD' },
    { ...record, close: 10.3, symbol: 'YUSD' },
  ]);
  expect((await importText(JSON.stringify(both))).rows).toEqual(EXPECTED);
  const others = JSON.stringify(both.map(({ symbol, ...record }) => ({ ...record, symbol: `${symbol}T` })));
  expect(await errorOf(() => importText(others))).toMatchObject({
    code: 'GB_JSON_FORMAT',
    message: 'prices.json: its rows are of 2 products: XUSDT, YUSDT.',
  });
});

test('says what it found', async () => {
  const { detected, entry } = await importText(JSON.stringify(records()));
  expect(detected).toMatchObject([{ columns: NAMES, timeFormat: 'epoch-ms', timeZone: 'UTC', stamp: 'open' }]);
  expect(entry).toMatchObject({ source: 'JSON prices.json', interval: '1d' });
});

test.each([
  [{ result: { symbol: 'X', list: klines }, retExtInfo: {} }, `jq '.result.list' prices.json`],
  [{ error: [], result: { 'X/Y': klines, last: 1 } }, `jq '.result["X/Y"]' prices.json`],
  [{ 'a b': { rows: records() } }, `jq '.["a b"].rows' prices.json`],
])('rows deep in an answer are refused with their place', async (value, hint) => {
  expect(await errorOf(() => importText(JSON.stringify(value)))).toMatchObject({
    code: 'GB_JSON_FORMAT',
    message: expect.stringMatching(/^prices.json: its rows lie in \./),
    hint: expect.stringContaining(hint),
  });
});

describe('names that stand beside the rows, as pandas writes them with orient="split",', () => {
  const order = [4, 2, 3, 1, 5];
  const data = Array.from({ length: ROWS }, (_, i) => order.map(column => rowAt(i)[column]));
  const columns = order.map(column => NAMES[column]!);

  test('say what the columns are, and the index holds the times', async () => {
    const text = JSON.stringify({ columns, index: columnOf(0), data });
    expect((await importText(text)).rows).toEqual(EXPECTED);
  });

  test('count the rows in the index where a column holds the times', async () => {
    const timed = data.map((row, i) => [rowAt(i)[0], ...row]);
    const text = JSON.stringify({ columns: ['time', ...columns], index: [0, 1, 2], data: timed });
    expect((await importText(text)).rows).toEqual(EXPECTED);
  });
});

describe('a bad row', () => {
  const broken = [
    records()[0],
    { ...records()[1], close: 'high' },
    { time: 5 },
    { ...records()[1], high: 1 },
    records()[2],
  ];

  test('of JSON lines is skipped with its line and its text', async () => {
    const { rows, badRows } = await importText(lines(broken), { interval: '1d' });
    expect(rows).toEqual([EXPECTED[0], EXPECTED[2]]);
    expect(badRows.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'the close "high" is not a finite number'],
      [3, 'the open is empty'],
      [4, 'high is below low'],
    ]);
    expect(badRows.map(({ text }) => text)).toEqual(lines(broken).split('\n').slice(1, 4));
  });

  test('of an array is skipped with its number and its values', async () => {
    const { badRows } = await importText(JSON.stringify(broken), { interval: '1d' });
    expect(badRows.map(({ line, text }) => [line, text.split(/\s/).at(-2)])).toEqual([
      [2, 'high'],
      [3, ''],
      [4, '11.5'],
    ]);
  });

  test('of an array may be anything else than a record', async () => {
    const [first, ...others] = records();
    const { rows, badRows } = await importText(JSON.stringify([first, null, 'end', ...others]));
    expect(rows).toEqual(EXPECTED);
    const reason = 'the record is not a JSON object or array';
    expect(badRows).toEqual([
      { file: 'prices.json', line: 2, reason, text: 'null' },
      { file: 'prices.json', line: 3, reason, text: '"end"' },
    ]);
  });

  test('of very many is counted, the first 1,000 are kept', async () => {
    const { rows, badRows, badRowCount } = await importText(`${lines(records())}\n${'5\n'.repeat(200_000)}`);
    expect([rows.length, badRows.length, badRowCount]).toEqual([ROWS, 1_000, 200_000]);
  });

  test('refuses everything with --strict', async () => {
    const catalogDir = temporaryDir();
    const error = await errorOf(() => importText(lines(broken), { strict: true, interval: '1d', catalogDir }));
    expect(error).toMatchObject({
      code: 'GB_DATA_BAD_ROWS',
      problems: [expect.stringContaining('prices.json:2:'), expect.anything(), expect.anything()],
    });
    expect(listEntries(catalogDir)).toEqual([]);
  });
});

test.each([
  ['{"time": [1, 2', 'GB_JSON_FORMAT', /line 1 column \d+|position/],
  [`[\n${lines(records()).replaceAll('\n', ',\n')}`, 'GB_JSON_FORMAT', /prices\.json: .*line \d+ column \d+|position/],
  ['"prices"', 'GB_JSON_FORMAT', /holds no rows/],
  ['42', 'GB_JSON_FORMAT', /holds no rows/],
  [JSON.stringify({ ...arrays, close: [1, 2] }), 'GB_JSON_FORMAT', /"close" has 2 values, "time" has 3/],
  [
    JSON.stringify([{ time: START_MS, price: 1 }]),
    'GB_JSON_FORMAT',
    /no column for open, high, low among "time", "price"/,
  ],
  [JSON.stringify(records(NAMES, () => 'soon')), 'GB_JSON_FORMAT', /soon/],
  [JSON.stringify(records(NAMES, () => '03/04/2015')), 'GB_CSV_AMBIGUOUS_DATE', /03\/04\/2015/],
  ['[]', 'GB_DATA_EMPTY', /prices\.json/],
  ['', 'GB_DATA_EMPTY', /prices\.json is empty/],
])('%s cannot be imported', async (text, code, message) => {
  const catalogDir = temporaryDir();
  const error = await errorOf(() => importText(text, { catalogDir }));
  expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
  expect(listEntries(catalogDir)).toEqual([]);
});
