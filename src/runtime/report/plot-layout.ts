/** Where things stand in a plot: its scale, the labels at its left, and the columns of its curve. */
import { factorShare, logTicks, type Tick, timeAxis, valueTicks } from './axis.ts';
import { DOTS_HIGH, DOTS_WIDE } from './braille.ts';
import { type Columns, type Curve, columnsOf } from './curve.ts';
import type { Paint } from './style.ts';

export interface PlotOptions {
  /** Size in characters; the line of dates comes on top of `rows`. */
  readonly width: number;
  readonly rows: number;
  readonly main: Paint;
  readonly other: Paint;
  readonly axis: Paint;
}

/** Values at the top and at the bottom, and the dots between them. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly dots: number;
  /** Equal distances are equal factors: for curves that grow so much that their start would look flat. */
  readonly isLog: boolean;
}

export interface PlotLayout {
  readonly scale: Scale;
  readonly ticks: readonly Tick[];
  readonly labelWidth: number;
  /** Characters right of the axis. */
  readonly columns: number;
  /** The curve, one entry per dot column. */
  readonly points: Columns;
  /** Time at which the curve starts, epoch milliseconds. */
  readonly startTime: number;
}

const ROWS_PER_TICK = 2;
/** Room for `-12.3%`. */
const LABEL_WIDTH_MIN = 6;
/** From this factor between the highest and the lowest value on, the scale is logarithmic. */
const LOG_FROM = 3;
/** Flat curves run through the middle of a band of this share of their value. */
const FLAT_BAND = 0.01;

export function layoutPlot(main: Curve, { width, rows }: PlotOptions, other?: Curve): PlotLayout {
  const scale = scaleOf(main, other, rows * DOTS_HIGH);
  const ticks = scale.isLog ? logTicks(scale.low, scale.high) : valueTicks(scale.low, scale.high, rows / ROWS_PER_TICK);
  const labelWidth = Math.max(LABEL_WIDTH_MIN, ...ticks.map(tick => tick.label.length));
  const columns = width - labelWidth - 2;
  const points = columnsOf(main, columns * DOTS_WIDE);
  return { scale, ticks, labelWidth, columns, points, startTime: main.times[0]! };
}

/** Dot row of a value, 0 at the top. */
export function dotOf(value: number, { low, high, dots, isLog }: Scale): number {
  const share = isLog ? factorShare(value, low, high) : (high - value) / (high - low);
  return Math.round(share * (dots - 1));
}

/** The label and the axis left of a row of the plot. */
export function axisAt(row: number, { ticks, scale, labelWidth }: PlotLayout): string {
  const tick = ticks.find(({ value }) => Math.floor(dotOf(value, scale) / DOTS_HIGH) === row);
  return axisCell(tick?.label ?? '', labelWidth);
}

export function axisCell(label: string, labelWidth: number): string {
  return `${label.padStart(labelWidth)} ${label === '' ? '│' : '┤'}`;
}

/** The line of dates below a plot; says so where the scale is logarithmic. */
export function datesBelow({ points, columns, labelWidth, startTime, scale }: PlotLayout): string {
  const mark = (scale.isLog ? 'log' : '').padStart(labelWidth);
  return `${mark}  ${timeAxis(points.times.with(0, startTime), columns)}`;
}

function scaleOf(main: Curve, other: Curve | undefined, dots: number): Scale {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const values of [main.low ?? main.values, main.high ?? main.values, other?.values ?? []]) {
    for (const value of values) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (high - low > 1e-9 * Math.abs(high)) return { low, high, dots, isLog: low > 0 && high / low >= LOG_FROM };
  const band = Math.abs(high) * FLAT_BAND || 1;
  return { low: low - band, high: high + band, dots, isLog: false };
}
