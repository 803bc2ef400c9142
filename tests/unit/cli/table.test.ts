import { expect, test } from 'vitest';
import { painter } from '../../../src/cli/output/colour.ts';
import { tableText } from '../../../src/cli/output/table.ts';

const COLUMNS = [
  { title: 'name', style: 'cyan' as const, shrinks: true },
  { title: 'bars', align: 'right' as const },
  { title: 'where' },
];
const ROWS = [
  ['stock.SPY.usa@1d', '5,849', 'sample'],
  ['a', '7', ''],
];
const plain = painter(false);

test('aligns columns, without blanks at the end of a line', () => {
  expect(tableText(COLUMNS, ROWS, { paint: plain, columns: 80 })).toBe(
    ['name               bars  where', 'stock.SPY.usa@1d  5,849  sample', 'a                     7'].join('\n'),
  );
});

test('one column is cut where the terminal is narrow', () => {
  const lines = tableText(COLUMNS, ROWS, { paint: plain, columns: 25 }).split('\n');
  expect(lines).toEqual(['name         bars  where', 'stock.SPY…  5,849  sample', 'a               7']);
});

test('of several columns that give way, the widest does first', () => {
  const columns = [{ title: 'strategy', shrinks: true }, { title: 'parameters', shrinks: true }, { title: 'sharpe' }];
  const rows = [['a name that goes on and on', 'fast=10 slow=30', '0.5']];
  const at = (width: number) => tableText(columns, rows, { paint: plain, columns: width }).split('\n')[1];
  expect(at(80)).toBe('a name that goes on and on  fast=10 slow=30  0.5');
  expect(at(41)).toBe('a name that goe…  fast=10 slow=30  0.5');
  expect(at(30)).toBe('a name th…  fast=10 s…  0.5');
  expect(at(10)).toBe('a nam…  fast=…  0.5');
});

test('colours take no room', () => {
  const painted = tableText(COLUMNS, ROWS, { paint: painter(true), columns: 80 });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with an escape
  expect(painted.replaceAll(/\u001b\[\d+m/g, '').split('\n')[2]).toBe('a                     7');
  expect(painted).toContain('\u001b[36m');
});

test('no rows: the titles alone', () => {
  expect(tableText(COLUMNS, [], { paint: plain, columns: 80 })).toBe('name  bars  where');
});

test('letters that are two columns wide, or none, keep the columns in line, and are not cut in two', () => {
  const columns = [{ title: 'strategy', shrinks: true }, { title: 'trades' }];
  const rows = [
    ['戦略🚀', '1'],
    ['e\u0301te\u0301', '2'],
    ['plain', '3'],
  ];
  expect(tableText(columns, rows, { paint: plain, columns: 80 }).split('\n')).toEqual([
    'strategy  trades',
    '戦略🚀    1',
    'e\u0301te\u0301       2',
    'plain     3',
  ]);
  const long = [['🚀'.repeat(10), '1']];
  expect(tableText(columns, long, { paint: plain, columns: 16 }).split('\n')[1]).toBe('🚀🚀🚀…   1');
});

test('a column that may not be cut further is left, and the line is longer than the terminal', () => {
  const columns = [{ title: 'name', shrinks: 10 }, { title: 'bars' }];
  const lines = tableText(columns, [['stock.SPY.usa@1d', '5,849']], { paint: plain, columns: 5 }).split('\n');
  expect(lines[1]).toBe('stock.SPY…  5,849');
});
