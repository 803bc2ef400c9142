/** A backtest's result for the terminal: the curve, the numbers, what they cost, what to doubt, and the hash. Pure. */
import { counted, grouped } from '../base/format.ts';
import type { RunSummary } from '../metrics/summary.ts';
import type { ReportContext } from './context.ts';
import { type Curve, since } from './curve.ts';
import { plotEquity } from './equity-plot.ts';
import { feedName } from './feed-text.ts';
import { closeDateText, dateText, durationText, momentText } from './format.ts';
import {
  benchmarkNote,
  cashFlowsNote,
  costsNote,
  dialectNote,
  drawdownNote,
  identityNotes,
  ordersNote,
  trialsNote,
  warningNotes,
} from './notes.ts';
import { numberTable } from './number-table.ts';
import { rangeNote } from './result-range.ts';
import { type TextStyle, usedWidth } from './style.ts';
import { wrap } from './wrap.ts';

const PLOT_ROWS = 10;
const PLOT_ROWS_WIDE = 13;
const WIDE = 100;

/** Ends with a line break. */
export function renderBacktest(summary: RunSummary, context: ReportContext, style: TextStyle): string {
  const sections = [
    heading(summary, context, style),
    curve(summary, context, style),
    numberTable(summary, style),
    [
      ...dialectNote(summary, style),
      ...benchmarkNote(summary, style),
      ...drawdownNote(summary.metrics, style),
      ...costsNote(summary, context, style),
      ...cashFlowsNote(summary, style),
      ...ordersNote(summary, context, style),
      ...(context.optimistic ? rangeNote(summary, context.optimistic, style) : []),
      ...trialsNote(summary.metrics, style),
    ],
    warningNotes(summary.warnings, style),
    identityNotes(context, style),
  ];
  return sections
    .filter(lines => lines.length > 0)
    .map(lines => `${lines.join('\n')}\n`)
    .join('\n');
}

function heading(summary: RunSummary, context: ReportContext, style: TextStyle): string[] {
  const datasets = context.datasets.map(feedName);
  const title = `${context.strategy} on ${datasets.join(', ')}`;
  const params = Object.entries(context.params).map(([name, value]) => `${name}=${value}`);
  const from = Math.min(...context.datasets.map(({ from }) => from));
  const to = Math.max(...context.datasets.map(({ to }) => to));
  const rate = grouped((summary.bars / Math.max(context.elapsedMs, 0.001)) * 1000);
  const facts = [
    `${rangeText(from, to)}`,
    `${counted(summary.bars, 'bar')} in ${durationText(context.elapsedMs)}`,
    ...(summary.bars >= 100_000 ? [`${rate} a second`] : []),
    ...(params.length > 0 ? [params.join(' ')] : []),
  ];
  const room = usedWidth(style) - 2;
  return [
    ...wrap(title, room).map(line => `  ${style.bold(line)}`),
    ...wrap(facts.join(' · '), room).map(line => `  ${style.dim(line)}`),
  ];
}

function curve(summary: RunSummary, context: ReportContext, style: TextStyle): string[] {
  const equity = since(context.equity, summary.startTime);
  if (equity.values.length < 2 || summary.daily.times.length === 0) return [];
  const width = usedWidth(style) - 2;
  const options = {
    width,
    rows: width >= WIDE ? PLOT_ROWS_WIDE : PLOT_ROWS,
    main: style.cyan,
    other: style.dim,
    axis: style.dim,
  };
  const benchmark: Curve = { times: summary.daily.times, values: summary.benchmark.equity };
  const legend = `${style.cyan('⠤⠤')} ${context.strategy}   ${style.dim(`⠂⠂ ${summary.benchmark.label}`)}`;
  return [`  ${legend}`, ...plotEquity(equity, benchmark, options, style.red).map(line => `  ${line}`)];
}

/** From the open of the first bar to the close of the last. */
function rangeText(from: number, to: number): string {
  const days = (to - from) / 86_400_000;
  return days > 30 ? `${dateText(from)} to ${closeDateText(to)}` : `${momentText(from)} to ${momentText(to)}`;
}
