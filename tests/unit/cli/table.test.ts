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

test('colours take no room', () => {
  const painted = tableText(COLUMNS, ROWS, { paint: painter(true), columns: 80 });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with an escape
  expect(painted.replaceAll(/\u001b\[\d+m/g, '').split('\n')[2]).toBe('a                     7');
  expect(painted).toContain('\u001b[36m');
});

test('no rows: the titles alone', () => {
  expect(tableText(COLUMNS, [], { paint: plain, columns: 80 })).toBe('name  bars  where');
});
