/**
 * A plot of one curve, or of two, in braille: a line for the first, dots for the second, so that both can be told apart
 * without colour. Columns stand for equally many steps, so nights and weekends leave no holes.
 */
import { BrailleCanvas } from './braille.ts';
import { type Curve, valuesAt } from './curve.ts';
import { axisAt, datesBelow, dotOf, layoutPlot, type PlotLayout, type PlotOptions } from './plot-layout.ts';
import type { Paint } from './style.ts';

/** Lines of the plot, top to bottom, with dates below. */
export function plotSeries(main: Curve, options: PlotOptions, other?: Curve): string[] {
  const layout = layoutPlot(main, options, other);
  return [...plotRows(layout, options, other), options.axis(datesBelow(layout))];
}

/** The plot without its dates. */
export function plotRows(layout: PlotLayout, options: PlotOptions, other?: Curve): string[] {
  const { points, columns } = layout;
  const line = drawLine(points.values, layout, options.rows);
  const dots = drawDots(other && valuesAt(other, points.times), layout, options.rows);
  return Array.from({ length: options.rows }, (_, row) => {
    const cells = Array.from({ length: columns }, (_, column) => {
      const cell = line.at(column, row);
      return cell === ' ' ? { text: dots.at(column, row), paint: options.other } : { text: cell, paint: options.main };
    });
    return options.axis(axisAt(row, layout)) + paintRuns(cells);
  });
}

/** Joins each column to the one before, so that the line has no holes. */
function drawLine(values: Float64Array, { scale, columns }: PlotLayout, rows: number): BrailleCanvas {
  const canvas = new BrailleCanvas(columns, rows);
  let previous = dotOf(values[0]!, scale);
  values.forEach((value, x) => {
    const dot = dotOf(value, scale);
    canvas.bar(x, dot === previous ? dot : previous + Math.sign(dot - previous), dot);
    previous = dot;
  });
  return canvas;
}

/** One dot in every second column; none without a curve. */
function drawDots(values: Float64Array | undefined, { scale, columns }: PlotLayout, rows: number): BrailleCanvas {
  const canvas = new BrailleCanvas(columns, rows);
  values?.forEach((value, x) => {
    if (x % 2 === 0) canvas.bar(x, dotOf(value, scale), dotOf(value, scale));
  });
  return canvas;
}

interface Cell {
  readonly text: string;
  readonly paint: Paint;
}

/** Paints neighbours of one colour together, and nothing after the last dot. */
function paintRuns(cells: readonly Cell[]): string {
  const end = cells.findLastIndex(({ text }) => text !== ' ') + 1;
  let painted = '';
  for (let from = 0, to = 0; from < end; from = to) {
    const { paint } = cells[from]!;
    while (to < end && cells[to]!.paint === paint) to++;
    const run = cells.slice(from, to).map(({ text }) => text);
    painted += paint(run.join(''));
  }
  return painted;
}
