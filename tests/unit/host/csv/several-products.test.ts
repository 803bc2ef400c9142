/** Files with rows of several products: read as one series, prices of one would stand among those of another. */
import { expect, test } from 'vitest';
import { parseText, rowsOf } from './parse-text.ts';

const HEAD = 'date,open,high,low,close,volume,Name';
const row = (day: number, price: number, name: string): string =>
  `2024-01-0${day},${price},${price + 1},${price - 1},${price},10,${name}`;
const csv = (...rows: readonly string[]): string => [HEAD, ...rows].join('\n');
const closes = async (text: string, symbol?: string): Promise<unknown[]> =>
  rowsOf(await parseText(text, symbol === undefined ? {} : { symbol })).map(([time, , , , close]) => [time, close]);

/** On the second day there is no row of A. */
const BY_DATE = csv(row(1, 100, 'A'), row(1, 20, 'B'), row(2, 21, 'B'), row(3, 102, 'A'), row(3, 22, 'B'));
const BY_NAME = csv(row(1, 100, 'A'), row(3, 102, 'A'), row(1, 20, 'B'), row(2, 21, 'B'), row(3, 22, 'B'));
const NEWEST_FIRST = csv(row(3, 22, 'B'), row(3, 102, 'A'), row(2, 21, 'B'), row(1, 20, 'B'), row(1, 100, 'A'));

test.each([
  ['by date', BY_DATE],
  ['by name', BY_NAME],
])('%s: the rows of the wanted one are read', async (_, text) => {
  expect(await closes(text, 'A')).toEqual([
    ['2024-01-01T00:00:00Z', 100],
    ['2024-01-03T00:00:00Z', 102],
  ]);
  expect(await closes(text, 'b')).toHaveLength(3);
  expect((await parseText(text, { symbol: 'A' })).detected.symbol).toBe('A');
});

test('those of others are no bad rows', async () => {
  const text = `${BY_DATE}\n2024-01-04,x,1,1,1,1,B\n2024-01-05,y,1,1,1,1,A`;
  expect((await parseText(text, { symbol: 'A' })).badRows.map(({ line }) => line)).toEqual([8]);
});

test.each([
  ['by date', BY_DATE],
  ['by name', BY_NAME],
  ['newest first', NEWEST_FIRST],
])('%s: refused where nobody says whose rows are wanted, or where there are none of it', async (_, text) => {
  for (const options of [{}, { symbol: 'C' }]) {
    await expect(parseText(text, options)).rejects.toMatchObject({
      code: 'GB_CSV_FORMAT',
      message: expect.stringMatching(/^prices.csv: its rows are of 2 products: [AB], [AB]\.$/),
      hint: expect.stringMatching(/--product stock\.[AB]\.usa/),
    });
  }
});

test.each([
  ['one product', csv(row(1, 100, 'A'), row(1, 100, 'A'), row(2, 101, 'A')), 3],
  ['a product that was renamed', csv(row(1, 100, 'FB'), row(2, 101, 'META')), 2],
  ['the same, newest first', csv(row(2, 101, 'META'), row(1, 100, 'FB')), 2],
])('%s is one series, whatever is wanted', async (_, text, length) => {
  expect(await closes(text)).toHaveLength(length);
  expect(await closes(text, 'C')).toHaveLength(length);
  expect((await parseText(text)).detected.symbol).toBeUndefined();
});

test('side by side, as pandas writes them: refused, and read for the columns that are named', async () => {
  const text = [
    ',Close,Close,High,High,Low,Low,Open,Open,Volume,Volume',
    ',A,B,A,B,A,B,A,B,A,B',
    'Date,,,,,,,,,,',
    '2024-01-02,10,20,11,21,9,19,10,20,5,6',
    '2024-01-03,11,22,12,23,10,21,11,22,5,6',
    '2024-01-04,11,23,12,24,10,22,11,23,5,6',
  ].join('\n');
  await expect(parseText(text, { symbol: 'B' })).rejects.toMatchObject({
    code: 'GB_CSV_FORMAT',
    message: 'prices.csv: 2 columns are called "Open".',
    hint: expect.stringContaining('--columns'),
  });
  const columns = ['time', '-', 'close', '-', 'high', '-', 'low', '-', 'open', '-', 'volume'];
  expect(rowsOf(await parseText(text, { columns }))).toEqual([
    ['2024-01-02T00:00:00Z', 20, 21, 19, 20, 6],
    ['2024-01-03T00:00:00Z', 22, 23, 21, 22, 6],
    ['2024-01-04T00:00:00Z', 23, 24, 22, 23, 6],
  ]);
});
