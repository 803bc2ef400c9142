/**
 * The objective over the two parameters with the most values, as a grid of cells. The other parameters keep the best
 * set's values; where sets were drawn there are too few for that, and a cell holds all sets that fall into it.
 */
import type { ParamValue } from '../sdk/params.ts';
import { scoreOf } from '../sweep/ranking.ts';
import type { ParamSet, SweepAxis, SweepObjective, SweepRun } from '../sweep/sweep-result.ts';

export interface HeatCell {
  /** Median of the objective; null where no set of the cell has one. */
  readonly value: number | null;
  /** Sets in the cell; 0 where the space has none. */
  readonly sets: number;
}

interface HeatAxis {
  readonly name: string;
  /** The lowest value of each cell along the axis, rounded where a cell has several. */
  readonly values: readonly ParamValue[];
}

export interface HeatGrid {
  readonly across: HeatAxis;
  /** Null where only one parameter varies. */
  readonly up: HeatAxis | null;
  /** Rows as `up.values`, cells of a row as `across.values`. */
  readonly rows: readonly (readonly HeatCell[])[];
  /** What the other parameters are held at; empty where a cell holds all sets. */
  readonly held: ParamSet;
  /** Column and row of a set of the grid; undefined where its other parameters differ. */
  readonly cellOf: (params: ParamSet) => { readonly column: number; readonly row: number } | undefined;
}

export interface HeatSource {
  readonly runs: readonly SweepRun[];
  readonly axes: readonly SweepAxis[];
  readonly kind: 'grid' | 'random';
  readonly objective: SweepObjective;
}

/** Where sets were drawn, a cell should have a few. */
const DRAWN_PER_CELL = 3;

/** At most `columnsMax` by `rowsMax` cells; an axis with more values has several in a cell. Some axis must vary. */
export function heatGrid(source: HeatSource, best: SweepRun, columnsMax: number, rowsMax: number): HeatGrid {
  const { runs, axes, kind, objective } = source;
  const drawnMax = kind === 'grid' ? Number.POSITIVE_INFINITY : Math.ceil(Math.sqrt(runs.length / DRAWN_PER_CELL));
  const [across, up, ...rest] = axes.toSorted((a, b) => b.values.length - a.values.length);
  const held = kind === 'random' ? {} : Object.fromEntries(rest.map(({ name }) => [name, best.params[name]!]));
  const columns = binned(across!, Math.min(columnsMax, 2 * drawnMax));
  const rows = up === undefined ? undefined : binned(up, Math.min(rowsMax, drawnMax));
  const cellOf = (params: ParamSet) => {
    if (Object.entries(held).some(([name, value]) => params[name] !== value)) return undefined;
    return { column: columns.of(params), row: rows?.of(params) ?? 0 };
  };
  const members = Array.from({ length: rows?.axis.values.length ?? 1 }, () =>
    columns.axis.values.map((): SweepRun[] => []),
  );
  for (const run of runs) {
    const cell = cellOf(run.params);
    if (cell !== undefined) members[cell.row]![cell.column]!.push(run);
  }
  const cells = members.map(row => row.map(group => ({ value: medianOf(group, objective), sets: group.length })));
  return { across: columns.axis, up: rows?.axis ?? null, rows: cells, held, cellOf };
}

/** An axis cut into at most `cellsMax` cells of about equally many values. */
function binned({ name, values }: SweepAxis, cellsMax: number) {
  const cells = Math.min(values.length, cellsMax);
  const cellAt = (position: number) => Math.floor((position * cells) / values.length);
  const positions = new Map<ParamValue | undefined, number>(values.map((value, position) => [value, cellAt(position)]));
  const lowest = Array.from({ length: cells }, (_, cell) => values[Math.ceil((cell * values.length) / cells)]!);
  const labels = cells < values.length ? lowest.map(rounded) : lowest;
  return { axis: { name, values: labels }, of: (params: ParamSet) => positions.get(params[name]) ?? 0 };
}

/** Whole numbers stay; of others three digits say where a cell begins. */
function rounded(value: ParamValue): ParamValue {
  return typeof value !== 'number' || Number.isInteger(value) ? value : Number(value.toPrecision(3));
}

function medianOf(runs: readonly SweepRun[], objective: SweepObjective): number | null {
  const values = runs.filter(run => scoreOf(run, objective) !== null).map(({ metrics }) => metrics[objective.metric]!);
  values.sort((a, b) => a - b);
  return values.length === 0 ? null : (values[(values.length - 1) >> 1]! + values[values.length >> 1]!) / 2;
}
