/** The labelled lines around a report's numbers: `label` in a column of its own, text wrapped beside it. */
import { counted, grouped, money, signed } from '../base/format.ts';
import type { CashFlows } from '../metrics/cash-flows.ts';
import type { MetricTable } from '../metrics/metric.ts';
import type { RunSummary, RunWarning } from '../metrics/summary.ts';
import type { ReportContext } from './context.ts';
import { closeDateText, feeText, metricText, slippageText, spanText } from './format.ts';
import { type Paint, type TextStyle, usedWidth } from './style.ts';
import { wrap } from './wrap.ts';

const LABEL_WIDTH = 12;
export const CASH_LABELS: Readonly<Record<keyof CashFlows, string>> = {
  interest: 'interest',
  'margin-interest': 'margin interest',
  borrow: 'borrow fees',
  funding: 'funding',
  dividend: 'dividends',
};
const INDENT = '  ';

/** One note; `paint` colours its text. */
export function note(
  label: string,
  text: string,
  style: TextStyle,
  paint: Paint = asItIs,
  paintLabel = style.dim,
): string[] {
  const room = usedWidth(style) - INDENT.length - LABEL_WIDTH;
  return wrap(text, room).map((line, index) => {
    const head = (index === 0 ? label : '').padEnd(LABEL_WIDTH);
    return INDENT + (index === 0 ? paintLabel(head) : head) + paint(line);
  });
}

/** A note that stays on one line, however long: a command or a path to copy. */
export function lineNote(label: string, text: string, style: TextStyle): string[] {
  return [INDENT + style.dim(label.padEnd(LABEL_WIDTH)) + text];
}

/** Says whose formulas the numbers follow, where they are not our own. */
export function dialectNote({ dialect }: RunSummary, style: TextStyle): string[] {
  if (dialect === undefined) return [];
  return note('metrics', `as ${dialect} computes them, where it does`, style, style.yellow);
}

/** What the strategy was compared with, and how it went with it. */
export function benchmarkNote({ metrics, benchmark, dialect }: RunSummary, style: TextStyle): string[] {
  const { beta, alpha, informationRatio } = metrics;
  if (!beta || !alpha || !informationRatio) return [];
  const perYear = dialect === 'backtesting.py' || alpha.value === null ? '' : ' a year';
  const alphaText = `${signed(metricText(alpha))}${perYear}`;
  const ratios = `beta ${metricText(beta)}, alpha ${alphaText}, information ratio ${metricText(informationRatio)}`;
  return note('benchmark', `${benchmark.label}: ${ratios}`, style);
}

export function drawdownNote({ maxDrawdown }: MetricTable, style: TextStyle): string[] {
  const { peakTime, troughTime, recoveryTime, days } = maxDrawdown?.detail ?? {};
  if (typeof peakTime !== 'number' || typeof troughTime !== 'number' || typeof days !== 'number') return [];
  const recovered = typeof recoveryTime === 'number';
  const end = recovered
    ? `recovered ${closeDateText(recoveryTime)} (${spanText(days)})`
    : `not recovered in ${spanText(days)}`;
  const fall = `${metricText(maxDrawdown!)} from ${closeDateText(peakTime)} to ${closeDateText(troughTime)}`;
  return note('drawdown', `${fall}, ${end}`, style);
}

/** Says loudly where trading was free. */
export function costsNote(
  { fees, slippage, fills }: RunSummary,
  { options }: ReportContext,
  style: TextStyle,
): string[] {
  if (options.fee.kind === 'none' && options.slippage.kind === 'none' && slippage === 0) {
    return note('costs', 'NO COSTS: no fees, no slippage', style, text => style.bold(style.yellow(text)));
  }
  const forFees = `fees ${money(fees)} (${feeText(options.fee)})`;
  const model =
    options.slippage.kind === 'none' && slippage !== 0 ? 'half spreads and ticks' : slippageText(options.slippage);
  const forSlippage = `slippage ${money(slippage)} (${model})`;
  return note('costs', `${forFees}, ${forSlippage} on ${counted(fills, 'fill')}`, style);
}

/** What came in and went out without a fill. */
export function cashFlowsNote({ cashFlows = {} }: RunSummary, style: TextStyle): string[] {
  const flows = Object.entries(cashFlows).map(
    ([kind, amount]) => `${CASH_LABELS[kind as keyof CashFlows]} ${money(amount)}`,
  );
  return flows.length === 0 ? [] : note('cash', flows.join(', '), style);
}

export function ordersNote(
  { orders, fills, rejections }: RunSummary,
  { options }: ReportContext,
  style: TextStyle,
): string[] {
  const rejected = Object.values(rejections).reduce((sum, count) => sum + count, 0);
  const sizing =
    options.sizing === 'fill' ? "targets sized at the fill's price" : "targets sized at the decision's close";
  const counts = [
    counted(orders, 'order'),
    counted(fills, 'fill'),
    ...(rejected > 0 ? [`${grouped(rejected)} rejected`] : []),
  ];
  return note('orders', `${counts.join(', ')}; ${sizing}`, style);
}

/** How many tries there were, and what is left of the Sharpe ratio in view of them. */
export function trialsNote({ probabilisticSharpe, deflatedSharpe }: MetricTable, style: TextStyle): string[] {
  const trials = deflatedSharpe?.detail?.trials;
  if (typeof trials !== 'number' || !probabilisticSharpe || !deflatedSharpe) return [];
  const single = `probabilistic Sharpe ${metricText(probabilisticSharpe)}`;
  const chances = trials === 1 ? single : `${single}, deflated Sharpe ${metricText(deflatedSharpe)}`;
  return note('trials', `${grouped(trials)} so far; ${chances}`, style);
}

export function warningNotes(warnings: readonly RunWarning[], style: TextStyle): string[] {
  return warnings.flatMap(({ message }) => note('! warning', message, style, asItIs, style.yellow));
}

export function identityNotes({ runId, isKept = true, resultHash, report }: ReportContext, style: TextStyle): string[] {
  const whereReport = report === undefined ? [] : lineNote('report', report, style);
  const run = isKept ? note('run', runId, style) : [];
  return [...run, ...note('hash', resultHash, style, style.cyan), ...whereReport];
}

function asItIs(text: string): string {
  return text;
}
