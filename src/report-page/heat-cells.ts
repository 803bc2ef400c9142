/** The objective over two parameters: the sets that share their values make a cell. Pure. */
import type { Column, SweepAxisData } from '../runtime/report/html/page-data.ts';

/** What a cell says of its sets. */
export type HeatFold = 'best' | 'median' | 'mean';

export interface HeatCell {
  /** Null where no set of the cell has a value. */
  readonly value: number | null;
  /** Sets in the cell, best first. */
  readonly runs: readonly number[];
}

export interface HeatCells {
  /** Index of the lowest value of each column and of each row. */
  readonly columns: readonly number[];
  readonly rows: readonly number[];
  readonly at: (column: number, row: number) => HeatCell;
  /** Column and row of a run. */
  readonly cellOf: (run: number) => readonly [column: number, row: number];
}

const COLUMNS_MAX = 64;
const ROWS_MAX = 40;

/** `up`: undefined where one parameter varies. Runs come best first. An axis of many values has several in a cell. */
export function heatCells(values: Column, fold: HeatFold, across: SweepAxisData, up?: SweepAxisData): HeatCells {
  const columns = bins(across.values.length, COLUMNS_MAX);
  const rows = up === undefined ? [0] : bins(up.values.length, ROWS_MAX);
  const cellOf = (run: number): readonly [number, number] => [
    binOf(across.places[run]!, across.values.length, columns.length),
    up === undefined ? 0 : binOf(up.places[run]!, up.values.length, rows.length),
  ];
  const members = Array.from({ length: columns.length * rows.length }, (): number[] => []);
  for (let run = 0; run < values.length; run++) {
    const [column, row] = cellOf(run);
    members[row * columns.length + column]!.push(run);
  }
  const cells = members.map(runs => ({ value: folded(runs, values, fold), runs }));
  return { columns, rows, at: (column, row) => cells[row * columns.length + column]!, cellOf };
}

function bins(count: number, max: number): readonly number[] {
  const length = Math.min(count, max);
  return Array.from({ length }, (_, bin) => Math.ceil((bin * count) / length));
}

function binOf(place: number, count: number, length: number): number {
  return Math.floor((place * length) / count);
}

function folded(runs: readonly number[], values: Column, fold: HeatFold): number | null {
  const known = runs.flatMap(run => values[run] ?? []);
  if (known.length === 0) return null;
  if (fold === 'best') return known[0]!;
  if (fold === 'mean') return known.reduce((sum, value) => sum + value, 0) / known.length;
  const sorted = known.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}
