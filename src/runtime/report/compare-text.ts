import { counted, grouped, signed } from '../base/format.ts';
import type { ComparedFill, FillDifference, MetricDifference, RunComparison } from './compare.ts';
import { metricText, momentText, UNDEFINED } from './format.ts';
import type { TextStyle } from './style.ts';

const LABEL_WIDTH = 15;
const VALUE_WIDTH = 16;

/** A comparison for the terminal. Ends with a line break. */
export function renderComparison(comparison: RunComparison, style: TextStyle): string {
  const { left, right, same, metrics, firstDifferentFill: fill } = comparison;
  const verdict = same ? style.green('Same result hash') : style.yellow('Different results');
  const sections = [
    [`  ${style.bold(left)} and ${style.bold(right)}: ${verdict}`],
    metrics.length === 0 ? ['  All metrics are equal.'] : metricRows(metrics, style),
    fill === null ? [allFillsEqual(comparison)] : fillRows(fill, comparison, style),
  ];
  return sections.map(lines => `${lines.join('\n')}\n`).join('\n');
}

function metricRows(metrics: readonly MetricDifference[], style: TextStyle): string[] {
  const row = (...cells: readonly string[]): string => cells.map(cell => cell.padStart(VALUE_WIDTH)).join('');
  const rows = metrics.map(({ name, unit, left, right, change }) => {
    const text = (value: number | null): string => metricText({ value, unit });
    const gap = change === null ? UNDEFINED : signed(text(change));
    const label = style.dim(name.padEnd(LABEL_WIDTH));
    return `  ${label}${row(text(left), text(right))}${style.bold(gap.padStart(VALUE_WIDTH))}`;
  });
  return [`  ${style.dim(' '.repeat(LABEL_WIDTH) + row('left', 'right', 'change'))}`, ...rows];
}

function fillRows({ index, left, right }: FillDifference, { fillCounts }: RunComparison, style: TextStyle): string[] {
  const counts = `${grouped(fillCounts.left)} and ${counted(fillCounts.right, 'fill')}`;
  return [
    `  ${style.bold(`First different fill: number ${grouped(index + 1)}`)} ${style.dim(`of ${counts}`)}`,
    `  ${style.dim('left '.padEnd(LABEL_WIDTH))}${fillText(left)}`,
    `  ${style.dim('right'.padEnd(LABEL_WIDTH))}${fillText(right)}`,
  ];
}

/** Numbers in full: two fills may differ in their last digit. */
function fillText(fill: ComparedFill | null): string {
  if (fill === null) return 'no fill';
  const { time, product, quantity, price, fee } = fill;
  const side = quantity > 0 ? 'buy' : 'sell';
  return `${momentText(time)}  ${side} ${Math.abs(quantity)} ${product} at ${price}, fee ${fee}`;
}

function allFillsEqual({ fillCounts }: RunComparison): string {
  return fillCounts.left === 0
    ? '  Neither run filled an order.'
    : `  All ${counted(fillCounts.left, 'fill')} are equal.`;
}
