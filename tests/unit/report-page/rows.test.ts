import { describe, expect, test } from 'vitest';
import { columnDigits, numberDigits } from '../../../src/report-page/column-digits.ts';
import { filterRows } from '../../../src/report-page/filter-rows.ts';
import { outcomeOf } from '../../../src/report-page/outcome.ts';
import { sortRows } from '../../../src/report-page/sort-rows.ts';
import { visibleRows } from '../../../src/report-page/visible-rows.ts';
import { grouped } from '../../../src/runtime/base/format.ts';

describe('rows in sight', () => {
  const rows = (top: number, count = 1000) => visibleRows({ top, height: 300, rowHeight: 30, count });

  test('are those on the screen and twelve around', () => {
    expect(rows(3000)).toEqual({ from: 88, to: 122 });
  });

  test('end where the list ends', () => {
    expect(rows(0)).toEqual({ from: 0, to: 22 });
    expect(rows(30_000)).toEqual({ from: 988, to: 1000 });
    expect(rows(0, 3)).toEqual({ from: 0, to: 3 });
    expect(rows(90_000, 3)).toEqual({ from: 3, to: 3 });
  });
});

test.each([
  [1e-9, 'gain'],
  [-1e-9, 'loss'],
  [0, 'even'],
  [-0, 'even'],
  [null, 'even'],
])('a trade with a profit of %s is a %s', (profit, outcome) => {
  expect(outcomeOf(profit)).toBe(outcome);
});

describe('sorting', () => {
  const keys = [3, null, 1, 3, 2];
  const sorted = (ascending: boolean) => sortRows([0, 1, 2, 3, 4], row => keys[row] ?? null, ascending);

  test('equal rows keep their order, rows without a value come last', () => {
    expect(sorted(true)).toEqual([2, 4, 0, 3, 1]);
    expect(sorted(false)).toEqual([0, 3, 4, 2, 1]);
  });
});

describe('filtering', () => {
  const texts = ['fast=1 slow=50 win', 'fast=10 slow=5 loss', 'fast=10 slow=50 win'];
  const found = (query: string) => filterRows(texts.length, query, row => texts[row] ?? '');

  test('a row must have every word; a word with = must be whole', () => {
    expect(found('fast=1')).toEqual([0]);
    expect(found('fast=10 WIN')).toEqual([2]);
    expect(found('fast')).toEqual([0, 1, 2]);
    expect(found('  ')).toEqual([0, 1, 2]);
    expect(found('nothing')).toEqual([]);
  });
});

test('a column has as many digits as its size asks for', () => {
  expect([columnDigits([1, 2, null]), columnDigits([1234.5]), columnDigits([12.5, 3]), columnDigits([0.5])]).toEqual([
    0, 2, 4, 6,
  ]);
});

test('prices of a tiny coin keep the digits that tell them apart', () => {
  const digits = columnDigits([0.00001234, 0.00001241]);
  expect([grouped(0.00001234, digits), grouped(0.00001241, digits)]).toEqual(['0.0000123400', '0.0000124100']);
  const alone = [1234.5, 12, 1.0834, 0, 0.05, 0.00001234, -1.2e-7].map(value => grouped(value, numberDigits(value)));
  expect(alone).toEqual(['1,234.50', '12.00', '1.0834', '0.000000', '0.050000', '0.00001234', '-0.0000001200']);
});
