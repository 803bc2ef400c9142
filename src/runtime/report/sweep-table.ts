/** The best sets of a sweep in columns. Where the terminal is narrow, columns that matter least give way. */
import { grouped, signed } from '../base/format.ts';
import type { Stability } from '../sweep/stability.ts';
import type { SweepRun } from '../sweep/sweep-result.ts';
import { metricText, UNDEFINED } from './format.ts';
import { metricLabel } from './metric-label.ts';
import { metricUnit } from './metric-unit.ts';
import { type TextStyle, usedWidth } from './style.ts';
import type { SweepOutcome } from './sweep-outcome.ts';

interface Column {
  readonly title: string;
  readonly text: (run: SweepRun, index: number) => string;
  /** Columns with a lower one give way first; without it a column always stays. */
  readonly worth?: number;
  readonly isObjective?: boolean;
}

const INDENT = '  ';
const GAP = '  ';
const HASH_DIGITS = 8;
const SIGNED: readonly string[] = ['totalReturn', 'cagr'];

/** Metrics beside the objective, and their worth. */
const METRICS: readonly (readonly [name: string, worth: number])[] = [
  ['totalReturn', 4],
  ['cagr', 1],
  ['sharpe', 6],
  ['maxDrawdown', 5],
];

/** `runs`: the first of the ranking. */
export function sweepTable(
  runs: readonly SweepRun[],
  { axes, objective: { metric } }: SweepOutcome,
  stability: Stability | null,
  style: TextStyle,
): readonly string[] {
  const columns: readonly Column[] = [
    { title: '#', text: (_run, index) => String(index + 1) },
    ...axes.map(({ name }) => ({ title: name, text: (run: SweepRun) => String(run.params[name]) })),
    { ...metricColumn(metric), isObjective: true },
    ...(stability === null ? [] : [nearbyColumn(stability, metric)]),
    ...METRICS.filter(([name]) => name !== metric).map(([name, worth]) => ({ ...metricColumn(name), worth })),
    { title: 'fills', text: run => (run.state === 'completed' ? grouped(run.fills) : 'wiped out'), worth: 2 },
    { title: 'hash', text: run => run.resultHash.slice(0, HASH_DIGITS), worth: 3 },
  ];
  return lines(fitting(columns, runs, usedWidth(style) - INDENT.length), runs, style);
}

function metricColumn(name: string): Column {
  return { title: metricLabel(name), text: run => valueText(run.metrics[name] ?? null, name) };
}

function nearbyColumn({ around }: Stability, metric: string): Column {
  return { title: 'nearby', text: run => valueText(around(run).median, metric), worth: 7 };
}

function valueText(value: number | null, name: string): string {
  if (value === null) return UNDEFINED;
  const text = metricText({ value, unit: metricUnit(name) });
  return SIGNED.includes(name) ? signed(text) : text;
}

function fitting(columns: readonly Column[], runs: readonly SweepRun[], width: number): readonly Column[] {
  const total = columns.reduce((sum, column) => sum + widthOf(column, runs) + GAP.length, -GAP.length);
  const [least] = columns.filter(({ worth }) => worth !== undefined).toSorted((a, b) => a.worth! - b.worth!);
  if (total <= width || least === undefined) return columns;
  return fitting(
    columns.filter(column => column !== least),
    runs,
    width,
  );
}

function lines(columns: readonly Column[], runs: readonly SweepRun[], style: TextStyle): readonly string[] {
  const widths = columns.map(column => widthOf(column, runs));
  const titles = columns.map(({ title }, index) => title.padStart(widths[index]!)).join(GAP);
  const rows = runs.map((run, rank) =>
    columns
      .map(({ text, isObjective }, index) => {
        const cell = text(run, rank).padStart(widths[index]!);
        return isObjective ? style.bold(cell) : cell;
      })
      .join(GAP),
  );
  return [style.dim(titles), ...rows].map(line => INDENT + line);
}

function widthOf({ title, text }: Column, runs: readonly SweepRun[]): number {
  return runs.reduce((width, run, rank) => Math.max(width, text(run, rank).length), title.length);
}
