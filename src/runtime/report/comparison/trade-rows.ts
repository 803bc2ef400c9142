/**
 * Trades that differ, as `diff` shows lines: `-` is the left run's, `+` the right one's. Below a left trade the right
 * one that belongs to it shows only what differs.
 */
import { brief, counted, grouped, money, signed } from '../../base/format.ts';
import type { Trade } from '../../metrics/trades.ts';
import { momentText } from '../format.ts';
import type { Paint, TextStyle } from '../style.ts';
import type { TradeComparison, TradeDifference } from './compare-trades.ts';

interface Column {
  readonly title: string;
  readonly text: (trade: Trade) => string;
  /** The value without rounding, for numbers. */
  readonly number?: (trade: Trade) => number;
}

const COLUMNS: readonly Column[] = [
  { title: 'entry', text: ({ entryTime }) => momentText(entryTime) },
  { title: 'exit', text: ({ exitTime, open }) => (open ? 'open' : momentText(exitTime)) },
  { title: 'product', text: ({ product }) => product },
  { title: 'side', text: ({ side }) => side },
  numberColumn('quantity', ({ quantity }) => quantity, shortText),
  numberColumn('from', ({ entryPrice }) => entryPrice, shortText),
  numberColumn('to', ({ exitPrice }) => exitPrice, shortText),
  numberColumn(
    'profit',
    ({ pnl }) => pnl,
    pnl => signed(money(pnl)),
  ),
];

const DIGITS = 7;

/** A mark, then a cell for every column. */
type Row = readonly string[];

export function tradeRows(trades: TradeComparison, style: TextStyle, max: number): string[] {
  const { equal, changed, onlyLeft, onlyRight, differences } = trades;
  if (differences.length === 0) return equal === 0 ? [] : [`  All ${counted(equal, 'trade')} are equal.`];
  const counts = [
    `${grouped(equal)} equal`,
    `${grouped(changed)} changed`,
    `${grouped(onlyLeft)} only left`,
    `${grouped(onlyRight)} only right`,
  ];
  const shown = differences.slice(0, max);
  const columns = columnsFor(shown);
  const rows = shown.flatMap(difference => rowsOf(difference, columns));
  const [titles, ...lines] = aligned(columns, rows);
  const more = differences.length - shown.length;
  return [
    `  ${style.bold('Trades:')} ${counts.join(', ')}`,
    `  ${style.dim(titles!)}`,
    ...lines.map((line, index) => `  ${paintOf(rows[index]!, style)(line)}`),
    ...(more > 0 ? [`  ${style.dim(`and ${grouped(more)} more; --all shows them`)}`] : []),
  ];
}

/** Of one product alone its name says nothing. */
function columnsFor(differences: readonly TradeDifference[]): readonly Column[] {
  const products = new Set(differences.map(({ left, right }) => (left ?? right)!.product));
  return COLUMNS.filter(({ title }) => title !== 'product' || products.size > 1);
}

function rowsOf({ left, right }: TradeDifference, columns: readonly Column[]): readonly Row[] {
  const cells = (trade: Trade): readonly string[] => columns.map(({ text }) => text(trade));
  if (left === null) return [['+', ...cells(right!)]];
  if (right === null) return [['-', ...cells(left)]];
  return [
    ['-', ...cells(left)],
    ['+', ...columns.map(column => changeText(column, left, right))],
  ];
}

/** Empty where nothing changed; numbers that differ but would look alike are shown in full. */
function changeText({ text, number }: Column, left: Trade, right: Trade): string {
  if (text(left) !== text(right)) return text(right);
  return number === undefined || number(left) === number(right) ? '' : String(number(right));
}

function numberColumn(title: string, number: (trade: Trade) => number, format: (value: number) => string): Column {
  return { title, number, text: trade => format(number(trade)) };
}

function shortText(value: number): string {
  return brief(value, DIGITS);
}

/** The titles, then the rows. */
function aligned(columns: readonly Column[], rows: readonly Row[]): string[] {
  const all = [['', ...columns.map(({ title }) => title)], ...rows];
  const widths = all[0]!.map((_, index) => Math.max(...all.map(row => row[index]!.length)));
  const pad = (cell: string, index: number): string =>
    columns[index - 1]?.number === undefined ? cell.padEnd(widths[index]!) : cell.padStart(widths[index]!);
  return all.map(row => row.map(pad).join('  ').trimEnd());
}

function paintOf([mark]: Row, { red, green }: TextStyle): Paint {
  return mark === '-' ? red : green;
}
