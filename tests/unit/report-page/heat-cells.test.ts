import { describe, expect, test } from 'vitest';
import { heatCells } from '../../../src/report-page/heat-cells.ts';

/** Runs come best first. */
const VALUES = [9, 7, 5, 3, null];
const fast = { name: 'fast', values: ['1', '2'], places: [0, 1, 0, 1, 1] };
const slow = { name: 'slow', values: ['10', '20'], places: [1, 1, 1, 0, 0] };

describe('cells of a heat map', () => {
  test('hold the runs that share both values', () => {
    const cells = heatCells(VALUES, 'best', fast, slow);
    expect([cells.columns, cells.rows]).toEqual([
      [0, 1],
      [0, 1],
    ]);
    expect(cells.at(0, 1)).toEqual({ value: 9, runs: [0, 2] });
    expect(cells.at(1, 0)).toEqual({ value: 3, runs: [3, 4] });
    expect(cells.at(0, 0)).toEqual({ value: null, runs: [] });
    expect(cells.cellOf(1)).toEqual([1, 1]);
  });

  test('can show the median or the mean of the others', () => {
    expect(heatCells([9, 7, 1], 'median', { ...fast, places: [0, 0, 0] }).at(0, 0).value).toBe(7);
    expect(heatCells([9, 7, 2], 'mean', { ...fast, places: [0, 0, 0] }).at(0, 0).value).toBe(6);
    expect(heatCells([9, 7], 'median', { ...fast, places: [0, 0] }).at(0, 0).value).toBe(8);
  });

  test('one parameter is one row', () => {
    const cells = heatCells(VALUES, 'best', fast);
    expect([cells.rows, cells.at(1, 0).value]).toEqual([[0], 7]);
  });

  test('many values share cells, and each value has one', () => {
    const values = Array.from({ length: 1000 }, (_, i) => String(i));
    const cells = heatCells(values.map(Number), 'best', { name: 'a', values, places: values.map(Number) });
    expect(cells.columns).toHaveLength(64);
    const members = cells.columns.map((_, column) => cells.at(column, 0).runs);
    expect(members.flat()).toEqual(values.map(Number));
    expect(members.map(runs => runs[0])).toEqual(cells.columns);
  });
});
