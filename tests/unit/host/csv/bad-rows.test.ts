import { expect, test } from 'vitest';
import { RowSplitter } from '../../../../src/runtime/host/csv/row-splitter.ts';
import { parseText, rowsOf } from './parse-text.ts';

const HEADER = 'time,open,high,low,close,volume\n';
const PLAIN = 'a number like 1234.5, with a point and without marks between thousands';
const GOOD = '2020-01-01,1,3,0.5,2,10';

const cases: readonly (readonly [row: string, reason: string])[] = [
  ['2020-01-02,1,3,0.5', '4 fields where 6 fields are expected'],
  ['2020-01-02,1,3,0.5,2,10,', '7 fields where 6 fields are expected'],
  ['-- end --', '1 field where 6 fields are expected'],
  [',1,3,0.5,2,10', 'the time is empty'],
  [',,,,,', 'the time is empty'],
  ['yesterday,1,3,0.5,2,10', '"yesterday" is not a time like 2015-01-31 09:30'],
  ['2020-02-30,1,3,0.5,2,10', '"2020-02-30" is not a time like 2015-01-31 09:30'],
  ['2020-01-02 24:00,1,3,0.5,2,10', '"2020-01-02 24:00" is not a time like 2015-01-31 09:30'],
  ['2020-01-02T10:00x,1,3,0.5,2,10', '"2020-01-02T10:00x" is not a time like 2015-01-31 09:30'],
  ['2020-01-02,,3,0.5,2,10', 'the open is empty'],
  ['2020-01-02,1,NaN,0.5,2,10', 'the high "NaN" is not a finite number'],
  ['2020-01-02,1,3,-inf,2,10', 'the low "-inf" is not a finite number'],
  ['2020-01-02,1,3,0.5,1e999,10', 'the close "1e999" is not a finite number'],
  ['2020-01-02,1,3,0.5,2,0x10', 'the volume "0x10" is not a finite number'],
  ['2020-01-02,1,3,0.5,2,null', 'the volume "null" is not a finite number'],
  ['2020-01-02,1,"1,234.5",0.5,2,10', `the high "1,234.5" is not ${PLAIN}`],
  ['2020-01-02,1,3,"0,5",2,10', `the low "0,5" is not ${PLAIN}`],
  ['2020-01-02,1,3,0.5,2,1 000', `the volume "1 000" is not ${PLAIN}`],
  ['2020-01-02,1.2.3,3,0.5,2,10', 'the open "1.2.3" is not a finite number'],
  ['2020-01-02,"1,3,0.5,2,10', 'a quote has no partner on this line'],
  ['2020-01-02,"1"2,3,0.5,2,10', 'a quote has no partner on this line'],
];

test.each(cases)('%s', async (row, reason) => {
  const table = await parseText(`${HEADER}${GOOD}\n\n${row}\r\n2020-01-03,2,3,1,2,20\n`);
  expect(table.badRows).toEqual([{ file: 'prices.csv', line: 4, reason, text: row }]);
  expect(table.badRowCount).toBe(1);
  expect(rowsOf(table).map(([time]) => time)).toEqual(['2020-01-01T00:00:00Z', '2020-01-03T00:00:00Z']);
  expect([...table.lines.subarray(0, table.columns.length)]).toEqual([2, 5]);
});

test('a number in another unit than the rest of the file is no time', async () => {
  const table = await parseText(
    'open_time,o,h,l,c,v\n1609459200000,1,3,0.5,2,1\n1735689600000000,1,3,0.5,2,1\n1609459260000,1,3,0.5,2,1\n',
  );
  expect(table.badRows.map(({ line, reason }) => [line, reason])).toEqual([
    [3, '"1735689600000000" is not a time like 1422696600000'],
  ]);
});

test('all bad rows are counted, the first 1,000 are kept', async () => {
  const table = await parseText(HEADER + `${GOOD}\n`.repeat(300) + 'broken\n'.repeat(1500));
  expect(table.badRowCount).toBe(1500);
  expect(table.badRows).toHaveLength(1000);
  expect(table.badRows.at(-1)?.line).toBe(1301);
  expect(table.columns.length).toBe(300);
});

test('the text of a long row is cut', async () => {
  const table = await parseText(`${HEADER}${GOOD}\n${'x'.repeat(5000)}\n`);
  expect(table.badRows[0]?.text).toBe(`${'x'.repeat(200)}…`);
});

test('a row of very many fields is a bad row, not the end of the memory', async () => {
  const table = await parseText(`${HEADER}${GOOD}\n${','.repeat(20_000)}\n`);
  expect(table.badRows[0]?.reason).toBe('20001 fields where 6 fields are expected');
  const rows = new RowSplitter(new TextEncoder().encode(`${'a,'.repeat(2_000)}a\nb\n`), ',', 0);
  rows.next();
  expect([rows.count, new Set(rows.texts())]).toEqual([2_001, new Set(['a', ''])]);
});

test('a file whose lines get shorter outgrows its first estimate', async () => {
  const long = `${'2020-01-01,1.0000000000,3.0000000000,0.5000000000,2.0000000000,10.0000000000'}\n`;
  const short = '2020-01-01,1,3,1,2,1\n';
  const table = await parseText(HEADER + long.repeat(14_000) + short.repeat(60_000));
  expect(table.columns.length).toBe(74_000);
  expect(table.lines[73_999]).toBe(74_001);
  expect(rowsOf(table).at(-1)).toEqual(['2020-01-01T00:00:00Z', 1, 3, 1, 2, 1]);
});
