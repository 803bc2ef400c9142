/** A run's rows as tables for files, under names that read well in a data frame. */
import { CASH, CASH_KINDS, CASH_WIDTH } from '../../engine/cash-log.ts';
import { FILL, FILL_FLAG, FILL_WIDTH } from '../../engine/fill-log.ts';
import { END_REASONS, ORDER, ORDER_KINDS, ORDER_STATES, ORDER_WIDTH } from '../../engine/order-log.ts';
import type { RunSummary } from '../../metrics/summary.ts';
import type { Trade } from '../../metrics/trades.ts';
import type { Curve } from '../../report/curve.ts';
import type { RowParts } from './stored-run.ts';
import { columnOfNumbers, type NumberType, type ReadColumn, type TableColumn } from './table-file.ts';

/** The numbers of a fill row: column of the file, its type, place in the row. */
const FILL_NUMBERS = [
  ['time', 'time', FILL.time],
  ['quantity', 'float', FILL.quantity],
  ['price', 'float', FILL.price],
  ['fee', 'float', FILL.fee],
  ['slippage', 'float', FILL.slippage],
  ['order', 'int', FILL.order],
  ['step', 'int', FILL.step],
  ['bar', 'int', FILL.bar],
] as const;

const FILL_FLAGS = [
  ['ambiguous', FILL_FLAG.ambiguous],
  ['outside_bar', FILL_FLAG.outsideBar],
  ['large_share', FILL_FLAG.largeShare],
] as const;

export function fillTable(rows: RowParts, products: readonly string[]): readonly TableColumn[] {
  const table = new Rows(rows, FILL_WIDTH);
  return [
    table.named('product', FILL.product, products),
    ...FILL_NUMBERS.map(([name, type, index]) => table.numbers(name, type, index)),
    ...FILL_FLAGS.map(([name, bit]) => table.flag(name, FILL.flags, bit)),
  ];
}

/** The rows that `fillTable` was made from. */
export function fillRows(column: ReadColumn, products: readonly string[]): Float64Array {
  const names = column('product');
  const rows = new Float64Array(names.length * FILL_WIDTH);
  const write = (index: number, values: readonly unknown[]) => {
    for (const [row, value] of values.entries()) rows[row * FILL_WIDTH + index] = Number(value);
  };
  write(
    FILL.product,
    names.map(name => products.indexOf(String(name))),
  );
  for (const [name, , index] of FILL_NUMBERS) write(index, column(name));
  const flags = FILL_FLAGS.map(([name, bit]) => column(name).map(isSet => (isSet === true ? bit : 0)));
  write(
    FILL.flags,
    names.map((_, row) => flags.reduce((sum, bits) => sum + (bits[row] ?? 0), 0)),
  );
  return rows;
}

export function orderTable(rows: RowParts, products: readonly string[]): readonly TableColumn[] {
  const table = new Rows(rows, ORDER_WIDTH);
  return [
    table.numbers('id', 'int', ORDER.id),
    table.named('product', ORDER.product, products),
    table.named('kind', ORDER.kind, ORDER_KINDS),
    table.numbers('quantity', 'float', ORDER.quantity),
    table.numbers('limit', 'float', ORDER.limit),
    table.numbers('stop', 'float', ORDER.stop),
    table.numbers('target', 'float', ORDER.target),
    table.numbers('submitted', 'time', ORDER.submitted),
    table.numbers('ended', 'time', ORDER.ended),
    table.named('state', ORDER.state, ORDER_STATES),
    table.named('reason', ORDER.reason, END_REASONS),
    table.numbers('filled', 'float', ORDER.filled),
    table.numbers('parent', 'int', ORDER.parent),
  ];
}

/** What was booked without a fill. A product is null where the whole account is meant. */
export function cashTable(rows: RowParts, products: readonly string[]): readonly TableColumn[] {
  const table = new Rows(rows, CASH_WIDTH);
  return [
    table.numbers('time', 'time', CASH.time),
    table.named('product', CASH.product, products),
    table.named('kind', CASH.kind, CASH_KINDS),
    table.numbers('amount', 'float', CASH.amount),
    table.numbers('ratio', 'float', CASH.ratio),
    table.numbers('step', 'int', CASH.step),
  ];
}

/** Equity at the end of each session, beside the benchmark's. */
export function equityTable({ daily, benchmark }: RunSummary): readonly TableColumn[] {
  return [
    columnOfNumbers('time', 'time', daily.times),
    columnOfNumbers('equity', 'float', daily.values),
    columnOfNumbers('benchmark', 'float', benchmark.equity),
  ];
}

export function curveTable({ times, values, low, high }: Required<Curve>): readonly TableColumn[] {
  return [
    columnOfNumbers('time', 'time', times),
    columnOfNumbers('equity', 'float', values),
    columnOfNumbers('low', 'float', low),
    columnOfNumbers('high', 'float', high),
  ];
}

/**
 * Every field of a trade with its column: `Trade` cannot grow without this table. Runs of earlier versions may lack an
 * `added` column, whose values are NaN then.
 */
export const TRADE_COLUMNS: Readonly<Record<keyof Trade, TradeColumn>> = {
  product: { name: 'product', type: 'text' },
  side: { name: 'side', type: 'text' },
  quantity: { name: 'quantity', type: 'float' },
  entryTime: { name: 'entry_time', type: 'time' },
  exitTime: { name: 'exit_time', type: 'time' },
  entryPrice: { name: 'entry_price', type: 'float' },
  exitPrice: { name: 'exit_price', type: 'float' },
  fees: { name: 'fees', type: 'float' },
  pnl: { name: 'pnl', type: 'float' },
  returnRatio: { name: 'return', type: 'float' },
  entryStep: { name: 'entry_step', type: 'int', added: true },
  bars: { name: 'bars', type: 'int' },
  mae: { name: 'mae', type: 'float', added: true },
  mfe: { name: 'mfe', type: 'float', added: true },
  open: { name: 'open', type: 'bool' },
};

interface TradeColumn {
  readonly name: string;
  readonly type: TableColumn['type'];
  readonly added?: true;
}

export function tradeTable(trades: readonly Trade[]): readonly TableColumn[] {
  return tradeFields().map(field => {
    const { name, type } = TRADE_COLUMNS[field];
    if (type !== 'text' && type !== 'bool') return { name, type, numbers: () => numbersOf(trades, field) };
    return { name, type, visit: add => trades.forEach(trade => void add(trade[field] as boolean | string)) };
  });
}

function numbersOf(trades: readonly Trade[], field: keyof Trade): Float64Array<ArrayBuffer> {
  const numbers = new Float64Array(trades.length);
  trades.forEach((trade, row) => {
    numbers[row] = trade[field] as number;
  });
  return numbers;
}

export function tradeFields(): readonly (keyof Trade)[] {
  return Object.keys(TRADE_COLUMNS) as (keyof Trade)[];
}

/** Rows of float64, seen as columns. */
class Rows {
  readonly #parts: RowParts;
  readonly #width: number;

  constructor(parts: RowParts, width: number) {
    this.#parts = parts;
    this.#width = width;
  }

  numbers(name: string, type: NumberType, index: number): TableColumn {
    return { name, type, numbers: () => this.#at(index) };
  }

  /** Numbers that stand for words. */
  named(name: string, index: number, words: readonly string[]): TableColumn {
    return { name, type: 'text', visit: add => this.#visit(index, value => add(words[value] ?? null)) };
  }

  /** One bit of a number. */
  flag(name: string, index: number, bit: number): TableColumn {
    return { name, type: 'bool', visit: add => this.#visit(index, value => add((value & bit) !== 0)) };
  }

  #visit(index: number, visitor: (value: number) => void): void {
    for (const part of this.#parts) for (let i = index; i < part.length; i += this.#width) visitor(part[i] as number);
  }

  #at(index: number): Float64Array<ArrayBuffer> {
    const length = this.#parts.reduce((sum, part) => sum + part.length, 0) / this.#width;
    const values = new Float64Array(length);
    let row = 0;
    for (const part of this.#parts)
      for (let i = index; i < part.length; i += this.#width) values[row++] = part[i] as number;
    return values;
  }
}
