import { counted, grouped, money, signed } from '../../base/format.ts';
import { metricText, momentText, UNDEFINED } from '../format.ts';
import type { TextStyle } from '../style.ts';
import type { ComparedFill, FillDifference } from './compare-fills.ts';
import type { ProfitDifference, ProfitParts } from './compare-profits.ts';
import type { MetricDifference, RunComparison } from './compare-runs.ts';
import { tradeRows } from './trade-rows.ts';

const LABEL_WIDTH = 15;
const VALUE_WIDTH = 16;

const PART_TEXTS: Readonly<Record<keyof ProfitParts, string>> = {
  onlyLeft: 'trades that only left has',
  onlyRight: 'trades that only right has',
  prices: 'the same trades at other prices',
  exits: 'the same entries, other exits',
  quantities: 'the same trades in other sizes',
  fees: 'fees of trades that both have',
  other: 'interest, dividends, funding',
};

/** A comparison for the terminal, with at most `tradesMax` differing trades. Ends with a line break. */
export function renderComparison(comparison: RunComparison, style: TextStyle, tradesMax: number): string {
  const { left, right, same, metrics } = comparison;
  const verdict = same
    ? style.green('Same result hash: every order, every fill and the daily equity are equal.')
    : style.yellow('Different results');
  const sections = [
    [`  ${style.bold(left)} and ${style.bold(right)}: ${verdict}`],
    metrics.length === 0 ? (same ? [] : ['  All metrics are equal.']) : metricRows(metrics, style),
    ...(same ? [] : differences(comparison, style, tradesMax)),
  ];
  return sections
    .filter(lines => lines.length > 0)
    .map(lines => `${lines.join('\n')}\n`)
    .join('\n');
}

function differences(comparison: RunComparison, style: TextStyle, tradesMax: number): readonly string[][] {
  const { profit, firstDifferentFill: fill, fillCounts, trades } = comparison;
  return [
    profit === null ? ['  The profits are in different currencies.'] : profitRows(profit, style),
    fill === null ? [allFillsEqual(fillCounts.left)] : fillRows(fill, comparison, style),
    tradeRows(trades, style, tradesMax),
  ];
}

function metricRows(metrics: readonly MetricDifference[], style: TextStyle): string[] {
  const labelWidth = Math.max(LABEL_WIDTH, ...metrics.map(({ name }) => name.length));
  const row = (...cells: readonly string[]): string => cells.map(cell => cell.padStart(VALUE_WIDTH)).join('');
  const rows = metrics.map(({ name, unit, left, right, change }) => {
    const text = (value: number | null): string => metricText({ value, unit });
    const gap = change === null ? UNDEFINED : signed(text(change));
    const label = style.dim(name.padEnd(labelWidth));
    return `  ${label}${row(text(left), text(right))}${style.bold(gap.padStart(VALUE_WIDTH))}`;
  });
  return [`  ${style.dim(' '.repeat(labelWidth) + row('left', 'right', 'change'))}`, ...rows];
}

/** Parts that come to nothing are left out. */
function profitRows({ currency, left, right, change, parts }: ProfitDifference, style: TextStyle): string[] {
  const heading = `Profit: ${money(left)} and ${money(right)} ${currency}, ${signed(money(change))}`;
  const names = (Object.keys(PART_TEXTS) as (keyof ProfitParts)[]).filter(name => money(parts[name]) !== '0.00');
  const rows = names.map(name => {
    return `  ${signed(money(parts[name])).padStart(VALUE_WIDTH)}  ${style.dim(PART_TEXTS[name])}`;
  });
  return [`  ${style.bold(heading)}`, ...rows];
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
  const { time, bar, product, quantity, price, fee, slippage } = fill;
  const side = quantity > 0 ? 'buy' : 'sell';
  const costs = slippage === 0 ? `fee ${fee}` : `fee ${fee}, slippage ${slippage}`;
  return `${momentText(time)}, bar ${bar}: ${side} ${Math.abs(quantity)} ${product} at ${price}, ${costs}`;
}

function allFillsEqual(count: number): string {
  return count === 0 ? '  Neither run filled an order.' : `  All ${counted(count, 'fill')} are equal.`;
}
