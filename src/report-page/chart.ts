/**
 * One chart over time, as all charts of the page are: its lines, a read-out above, a pointer and a stretch of time that
 * it shares with the others. The drawing is uPlot's.
 */
import uPlot from 'uplot';
import type { Column } from '../runtime/report/html/page-data.ts';
import { addGestures } from './gestures.ts';
import { ReadOut } from './read-out.ts';
import { colour, fontOf, onTheme, remPx } from './theme.ts';
import { axisLabels } from './time-text.ts';
import type { TimeWindow } from './time-window.ts';
import { type AxisKind, paddedRange, ticksOf } from './value-axis.ts';

export interface Line {
  readonly label: string;
  readonly values: Column;
  /** Name of a colour in the style sheet. */
  readonly colour: string;
  readonly text: (value: number) => string;
  /** Default 1.5. */
  readonly width?: number;
  readonly dash?: number[];
  /** Name of the colour of the area between the line and zero. */
  readonly area?: string;
  /** Instead of a plain line; null draws nothing. */
  readonly paths?: uPlot.Series.PathBuilder;
  /** Counts for the range of values, but is neither drawn nor read out. */
  readonly silent?: boolean;
}

export interface ChartOptions {
  readonly root: HTMLElement;
  readonly label: string;
  readonly time: TimeWindow;
  /** Epoch seconds. */
  readonly times: readonly number[];
  /** The first lies on top, and is read out first. */
  readonly lines: readonly Line[];
  readonly timeText: (time: number) => string;
  readonly kind: AxisKind;
  /** Values that the range always reaches to, without air: 0 for a drawdown. */
  readonly keeps?: readonly number[];
  /** Drawn over the lines. */
  readonly overlay?: (chart: uPlot) => void;
  /** What else the read-out says of a time. */
  readonly remark?: (time: number) => string;
}

export interface Chart {
  readonly plot: uPlot;
  /** Shows or hides one of `lines`. */
  readonly show: (position: number, isShown: boolean) => void;
  readonly destroy: () => void;
}

const AXIS_REM = 4.6;
const FONT_REM = 0.72;
/** Half of the longest label of a time axis: 29 Dec 2019. */
const LABEL_ROOM_REM = 1.9;
/** A sheet of paper in pixels. */
export const PRINT_WIDTH = 690;

export function makeChart(options: ChartOptions): Chart {
  const { root, times, lines, time, timeText, remark } = options;
  const heard = lines.filter(line => !line.silent);
  const readOut = new ReadOut(
    heard.map(({ label, colour: name, values, text }) => ({ label, colour: name, textAt: textOf(values, text) })),
    index => timeText(times[index]!),
  );
  const place = document.createElement('div');
  root.replaceChildren(readOut.root, place);
  describe(root, options.label);
  const say = (chart: uPlot) => {
    const index = chart.cursor.idx ?? lastShown(chart);
    readOut.show(index, chart.cursor.idx == null ? '' : (remark?.(times[index]!) ?? ''));
  };
  const data = [times, ...lines.map(({ values }) => values).reverse()] as unknown as uPlot.AlignedData;
  const plot = new uPlot(plotOptions(options, place, say), data, place);
  const stopFollowing = time.onChange(({ from, to }) => {
    const { min, max } = plot.scales.x!;
    if (min !== from || max !== to) plot.setScale('x', { min: from, max: to });
  });
  addGestures(plot, root, time);
  const stopFitting = keepFitting(plot, place);
  const stopPainting = onTheme(() => plot.redraw(false));
  return {
    plot,
    show(position, isShown) {
      plot.setSeries(lines.length - position, { show: isShown });
      readOut.toggle(heard.indexOf(lines[position]!), isShown);
    },
    destroy() {
      for (const stop of [stopFollowing, stopFitting, stopPainting]) stop();
      plot.destroy();
    },
  };
}

function textOf(values: Column, text: Line['text']): (index: number) => string {
  return index => {
    const value = values[index];
    return value === null || value === undefined ? '-' : text(value);
  };
}

function lastShown(chart: uPlot): number {
  return chart.series[0]?.idxs?.[1] ?? chart.data[0].length - 1;
}

function plotOptions(options: ChartOptions, place: HTMLElement, say: (chart: uPlot) => void): uPlot.Options {
  const { time, lines, kind, overlay, keeps = [] } = options;
  const { from, to } = time.span;
  return {
    ...sizeOf(place),
    tzDate: seconds => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    legend: { show: false },
    padding: [null, LABEL_ROOM_REM * remPx(), null, null],
    scales: {
      x: { time: true, auto: false, min: from, max: to },
      y: {
        distr: kind === 'log' ? 3 : 1,
        range: (_, min, max) => [...paddedRange(min, max, kind, keeps)] as [number, number],
      },
    },
    axes: [timeAxis(), valueAxis(kind)],
    series: [{}, ...lines.map(seriesOf).reverse()],
    cursor: {
      y: false,
      drag: { x: true, y: false },
      points: { size: 7, width: 1.5, fill: () => colour('surface') },
      sync: { key: 'time', setSeries: false, filters: { pub: type => type === 'mousemove' || type === 'mouseleave' } },
      bind: { dblclick: () => () => null },
    },
    hooks: {
      setCursor: [say],
      setScale: [
        (chart, key) => {
          const { min, max } = chart.scales.x!;
          if (key === 'x' && min != null && max != null) time.show({ from: min, to: max });
        },
      ],
      draw: [chart => overlay?.(chart), say],
    },
  };
}

function seriesOf({ label, colour: name, width = 1.5, dash, area, paths, silent }: Line): uPlot.Series {
  return {
    label,
    stroke: () => colour(name),
    width,
    points: { show: false },
    ...(dash && { dash }),
    ...(area !== undefined && { fill: () => colour(area), fillTo: 0 }),
    ...(paths && { paths }),
    ...(silent && { paths: () => null }),
  };
}

function timeAxis(): uPlot.Axis {
  return {
    ...axisLook(),
    size: 1.9 * remPx(),
    space: 5 * remPx(),
    values: (_, times, __, ___, step) => [...axisLabels(times, step)],
  };
}

function valueAxis(kind: AxisKind): uPlot.Axis {
  const marks = (chart: uPlot, low: number, high: number) =>
    ticksOf(kind, [low, high], Math.max(3, Math.round(chart.bbox.height / devicePixelRatio / (2.6 * remPx()))));
  return {
    ...axisLook(),
    size: AXIS_REM * remPx(),
    splits: (chart, _, low, high) => marks(chart, low, high).map(({ value }) => value),
    filter: (_, splits) => splits,
    values: chart => marks(chart, chart.scales.y!.min!, chart.scales.y!.max!).map(({ label }) => label),
  };
}

function axisLook(): uPlot.Axis {
  return {
    stroke: () => colour('muted'),
    font: fontOf(FONT_REM),
    gap: 6,
    grid: { stroke: () => colour('grid'), width: 1 },
    ticks: { show: false },
  };
}

function describe(root: HTMLElement, label: string): void {
  root.tabIndex = 0;
  root.setAttribute('role', 'group');
  root.setAttribute('aria-roledescription', 'chart');
  root.setAttribute('aria-label', `${label}. Arrow keys pan, plus and minus zoom, 0 shows everything.`);
}

/** The style sheet says how high a chart is. */
function sizeOf(place: HTMLElement): { width: number; height: number } {
  return { width: place.clientWidth, height: Number.parseFloat(getComputedStyle(place).height) };
}

/** Keeps the chart as wide as its place: on the screen, and on paper, whose width no observer is told in time. */
function keepFitting(plot: uPlot, place: HTMLElement): () => void {
  const resize = (size: { width: number; height: number }) => {
    if (size.width > 0 && (size.width !== plot.width || size.height !== plot.height)) plot.setSize(size);
  };
  const observer = new ResizeObserver(() => resize(sizeOf(place)));
  observer.observe(place);
  const events = new AbortController();
  const { signal } = events;
  addEventListener('beforeprint', () => resize({ ...sizeOf(place), width: PRINT_WIDTH }), { signal });
  addEventListener('afterprint', () => resize(sizeOf(place)), { signal });
  return () => {
    observer.disconnect();
    events.abort();
  };
}
