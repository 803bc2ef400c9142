/** The equity curve against its benchmark, and under it how far equity was below its peak, on the same time axis. */
import { percent } from '../base/format.ts';
import { orZero } from '../metrics/return-statistics.ts';
import { BrailleCanvas, DOTS_HIGH } from './braille.ts';
import type { Columns, Curve } from './curve.ts';
import { plotRows } from './plot.ts';
import { axisCell, datesBelow, layoutPlot, type PlotLayout, type PlotOptions } from './plot-layout.ts';
import type { Paint } from './style.ts';

const STRIP_ROWS = 3;

export function plotEquity(equity: Curve, benchmark: Curve, options: PlotOptions, fall: Paint): string[] {
  const layout = layoutPlot(equity, options, benchmark);
  const strip = drawdownStrip(layout, options.axis, fall);
  return [...plotRows(layout, options, benchmark), ...strip, options.axis(datesBelow(layout))];
}

/** Hangs from the top; its deepest point fills the strip. Nothing for a curve that never fell. */
function drawdownStrip({ points, columns, labelWidth }: PlotLayout, axis: Paint, fall: Paint): string[] {
  const depths = depthsOf(points);
  const deepest = orZero(Math.max(...depths));
  if (deepest <= 0) return [];
  const canvas = new BrailleCanvas(columns, STRIP_ROWS);
  depths.forEach((depth, x) => {
    if (depth > 0) canvas.bar(x, 0, Math.round((depth / deepest) * (STRIP_ROWS * DOTS_HIGH - 1)));
  });
  return Array.from({ length: STRIP_ROWS }, (_, row) => {
    const label = row === 0 ? '0%' : row === STRIP_ROWS - 1 ? percent(-deepest, depthDigits(deepest)) : '';
    const cells = Array.from({ length: columns }, (_, column) => canvas.at(column, row)).join('');
    return axis(axisCell(label, labelWidth)) + fall(cells.trimEnd());
  });
}

function depthDigits(depth: number): number {
  if (depth < 0.001) return 2;
  return depth < 0.1 ? 1 : 0;
}

/** Depth below the highest equity so far, as a fraction of it, at the lowest point of each column. */
function depthsOf({ low, high }: Columns): number[] {
  let peak = 0;
  return Array.from(low, (lowest, column) => {
    peak = Math.max(peak, high[column]!);
    return peak > 0 ? 1 - lowest / peak : 0;
  });
}
