/**
 * A heat map for the terminal: cells on colours, or filled with shades where there are none, with their values where
 * there is room. Marks are characters, so that it reads the same in a pipe.
 */
import type { SweepObjective, SweepRun } from '../sweep/sweep-result.ts';
import { metricText } from './format.ts';
import { type HeatCell, type HeatGrid, type HeatSource, heatGrid } from './heat-grid.ts';
import { BEST, heatLegend, NOT_DEFINED, PLATEAU, shadeOf } from './heat-legend.ts';
import { heatProfile } from './heat-profile.ts';
import { type HeatScale, heatScale, heatShare } from './heat-scale.ts';
import { metricLabel } from './metric-label.ts';
import { metricUnit } from './metric-unit.ts';
import { type TextStyle, usedWidth } from './style.ts';
import { wrap } from './wrap.ts';

const ROWS_MAX = 20;
const CELL_WIDTH_MIN = 2;
const CELL_WIDTH_MAX = 4;
const INDENT = '  ';

/** What the map points at. */
export interface HeatMarks {
  readonly best: SweepRun;
  /** Centre of the best neighbourhood, where there is one. */
  readonly plateau: SweepRun | undefined;
}

interface Layout {
  readonly grid: HeatGrid;
  readonly scale: HeatScale;
  readonly objective: SweepObjective;
  readonly style: TextStyle;
  readonly width: number;
  readonly labels: readonly string[];
  readonly labelWidth: number;
  readonly cellWidth: number;
  /** Cells have room for their values. */
  readonly hasValues: boolean;
  /** Mark by `row,column`. */
  readonly marks: ReadonlyMap<string, string>;
}

/** Bars instead of a map where one parameter varies; no lines where none does, or no objective is defined. */
export function heatMap(source: HeatSource, marks: HeatMarks, style: TextStyle): readonly string[] {
  const width = usedWidth(style) - INDENT.length;
  return linesOf(source, marks, width, style).map(line => INDENT + line);
}

function linesOf(source: HeatSource, marks: HeatMarks, width: number, style: TextStyle): readonly string[] {
  if (source.axes.length === 0) return [];
  if (source.axes.length === 1) return heatProfile(source, marks.best, width, style);
  const layout = layoutOf(source, marks, width, style);
  if (layout === undefined) return [];
  const rows = layout.grid.rows.map((_, row) => cellRow(row, layout)).reverse();
  return [...title(layout), ...rows, acrossLabels(layout), ...legend(layout)];
}

function layoutOf(source: HeatSource, marks: HeatMarks, width: number, style: TextStyle): Layout | undefined {
  const { objective } = source;
  const labels = upLabels(heatGrid(source, marks.best, 1, ROWS_MAX));
  const labelWidth = Math.max(...labels.map(label => label.length));
  const room = width - labelWidth - 2;
  const grid = heatGrid(source, marks.best, Math.floor(room / CELL_WIDTH_MIN), ROWS_MAX);
  const scale = heatScale(grid, objective);
  if (scale === null) return undefined;
  const widthWithValues = 2 + Math.max(...grid.rows.flat().map(cell => cellText(cell, objective).length));
  const widthEach = Math.floor(room / grid.across.values.length);
  const hasValues = widthEach >= widthWithValues;
  const cellWidth = hasValues ? widthWithValues : Math.min(CELL_WIDTH_MAX, widthEach);
  return {
    grid,
    scale,
    objective,
    style,
    width,
    labels,
    labelWidth,
    cellWidth,
    hasValues,
    marks: marksOf(grid, marks),
  };
}

function upLabels({ up }: HeatGrid): readonly string[] {
  return (up?.values ?? []).map(String);
}

/** The best wins where both are in one cell. */
function marksOf({ cellOf }: HeatGrid, { best, plateau }: HeatMarks): ReadonlyMap<string, string> {
  const places = [
    { cell: plateau && cellOf(plateau.params), mark: PLATEAU },
    { cell: cellOf(best.params), mark: BEST },
  ];
  return new Map(places.flatMap(({ cell, mark }) => (cell ? [[`${cell.row},${cell.column}`, mark]] : [])));
}

function title({ grid, objective, style, width }: Layout): readonly string[] {
  const held = Object.entries(grid.held).map(([name, value]) => `${name}=${value}`);
  const rest = held.length === 0 ? '' : `, ${held.join(' ')} as in the best set`;
  const text = `${metricLabel(objective.metric)} by ${grid.across.name} (across) and ${grid.up?.name} (up)${rest}`;
  return wrap(text, width).map(line => style.bold(line));
}

function cellRow(row: number, layout: Layout): string {
  const { grid, labels, labelWidth, style, marks } = layout;
  const cells = grid.rows[row]!.map((cell, column) => cellAt(cell, marks.get(`${row},${column}`), layout));
  return (style.dim(`${labels[row]!.padStart(labelWidth)} │`) + cells.join('')).trimEnd();
}

function cellAt(cell: HeatCell, mark: string | undefined, layout: Layout): string {
  const { cellWidth, hasValues, scale, objective, style } = layout;
  if (cell.sets === 0) return ' '.repeat(cellWidth);
  if (cell.value === null) return ` ${NOT_DEFINED}`.padEnd(cellWidth);
  const share = heatShare(cell.value, scale);
  const value = hasValues ? cellText(cell, objective).padStart(cellWidth - 2) : '';
  if (style.heat !== undefined) return style.heat(share, ((mark ?? ' ') + value).padEnd(cellWidth));
  const shade = shadeOf(share);
  return hasValues ? shade + (mark ?? ' ') + value : (mark ?? shade) + shade.repeat(cellWidth - 1);
}

/** As many values as there is room for, at equal distances. */
function acrossLabels({ grid, labelWidth, cellWidth, style, width }: Layout): string {
  const texts = grid.across.values.map(String);
  const every = Math.ceil((Math.max(...texts.map(text => text.length)) + 1) / cellWidth);
  const start = labelWidth + 2;
  const isShown = (text: string, column: number) =>
    column % every === 0 && start + column * cellWidth + text.length <= width;
  const shown = texts.filter(isShown).map(text => text.padEnd(every * cellWidth));
  return style.dim(`${' '.repeat(start)}${shown.join('')}`.trimEnd());
}

function legend({ grid, scale, objective, style, width, marks }: Layout): readonly string[] {
  const text = (value: number) => metricText({ value, unit: metricUnit(objective.metric) });
  const worst = `${text(scale.worst)}${scale.isCut ? ' or worse' : ''}`;
  return heatLegend({ grid, worst, best: text(scale.best), marks: [...marks.values()], width }, style);
}

function cellText({ value }: HeatCell, { metric }: SweepObjective): string {
  return value === null ? NOT_DEFINED : metricText({ value, unit: metricUnit(metric) });
}
