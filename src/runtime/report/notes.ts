/** The labelled lines around a report's numbers: `label` in a column of its own, text wrapped beside it. */
import { counted, grouped, money } from '../base/format.ts';
import type { MetricTable } from '../metrics/metric.ts';
import type { RunSummary, RunWarning } from '../metrics/summary.ts';
import type { ReportContext } from './context.ts';
import { closeDateText, feeText, metricText, slippageText, spanText } from './format.ts';
import { type Paint, type TextStyle, usedWidth } from './style.ts';
import { wrap } from './wrap.ts';

const LABEL_WIDTH = 12;
const INDENT = '  ';

/** One note; `paint` colours its text. */
function note(label: string, text: string, style: TextStyle, paint: Paint = asItIs, paintLabel = style.dim): string[] {
  const room = usedWidth(style) - INDENT.length - LABEL_WIDTH;
  return wrap(text, room).map((line, index) => {
    const head = (index === 0 ? label : '').padEnd(LABEL_WIDTH);
    return INDENT + (index === 0 ? paintLabel(head) : head) + paint(line);
  });
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
  const model = options.slippage.kind === 'none' && slippage !== 0 ? 'half spreads' : slippageText(options.slippage);
  const forSlippage = `slippage ${money(slippage)} (${model})`;
  return note('costs', `${forFees}, ${forSlippage} on ${counted(fills, 'fill')}`, style);
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

export function warningNotes(warnings: readonly RunWarning[], style: TextStyle): string[] {
  return warnings.flatMap(({ message }) => note('! warning', message, style, asItIs, style.yellow));
}

export function identityNotes({ runId, resultHash }: ReportContext, style: TextStyle): string[] {
  return [...note('run', runId, style), ...note('hash', resultHash, style, style.cyan)];
}

function asItIs(text: string): string {
  return text;
}
