/** A run's rows as tables for files, under names that read well in a data frame. */
import { FILL, FILL_FLAG, FILL_WIDTH } from '../../engine/fill-log.ts';
import { END_REASONS, ORDER, ORDER_KINDS, ORDER_STATES, ORDER_WIDTH } from '../../engine/order-log.ts';
import type { RunSummary } from '../../metrics/summary.ts';
import type { Trade } from '../../metrics/trades.ts';
import type { Curve } from '../../report/curve.ts';
import type { ColumnType, ReadColumn, TableColumn } from './table-file.ts';

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

export function fillTable(rows: Float64Array, products: readonly string[]): readonly TableColumn[] {
  const column = (index: number) => columnOf(rows, FILL_WIDTH, index);
  const flags = Array.from(column(FILL.flags));
  return [
    { name: 'product', type: 'text', values: named(column(FILL.product), products) },
    ...FILL_NUMBERS.map(([name, type, index]) => ({ name, type, values: column(index) })),
    ...FILL_FLAGS.map(([name, bit]) => ({
      name,
      type: 'bool' as const,
      values: flags.map(flag => (flag & bit) !== 0),
    })),
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

export function orderTable(rows: Float64Array, products: readonly string[]): readonly TableColumn[] {
  const column = (index: number) => columnOf(rows, ORDER_WIDTH, index);
  return [
    { name: 'id', type: 'int', values: column(ORDER.id) },
    { name: 'product', type: 'text', values: named(column(ORDER.product), products) },
    { name: 'kind', type: 'text', values: named(column(ORDER.kind), ORDER_KINDS) },
    { name: 'quantity', type: 'float', values: column(ORDER.quantity) },
    { name: 'limit', type: 'float', values: column(ORDER.limit) },
    { name: 'stop', type: 'float', values: column(ORDER.stop) },
    { name: 'target', type: 'float', values: column(ORDER.target) },
    { name: 'submitted', type: 'time', values: column(ORDER.submitted) },
    { name: 'ended', type: 'time', values: column(ORDER.ended) },
    { name: 'state', type: 'text', values: named(column(ORDER.state), ORDER_STATES) },
    { name: 'reason', type: 'text', values: named(column(ORDER.reason), END_REASONS) },
    { name: 'filled', type: 'float', values: column(ORDER.filled) },
    { name: 'parent', type: 'int', values: column(ORDER.parent) },
  ];
}

/** Equity at the end of each session, beside the benchmark's. */
export function equityTable({ daily, benchmark }: RunSummary): readonly TableColumn[] {
  return [
    { name: 'time', type: 'time', values: daily.times },
    { name: 'equity', type: 'float', values: daily.values },
    { name: 'benchmark', type: 'float', values: benchmark.equity },
  ];
}

export function curveTable({ times, values, low, high }: Required<Curve>): readonly TableColumn[] {
  return [
    { name: 'time', type: 'time', values: times },
    { name: 'equity', type: 'float', values },
    { name: 'low', type: 'float', values: low },
    { name: 'high', type: 'float', values: high },
  ];
}

/** Every field of a trade with its column: `Trade` cannot grow without this table. */
export const TRADE_COLUMNS: Readonly<Record<keyof Trade, { readonly name: string; readonly type: ColumnType }>> = {
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
  bars: { name: 'bars', type: 'int' },
  open: { name: 'open', type: 'bool' },
};

export function tradeTable(trades: readonly Trade[]): readonly TableColumn[] {
  return tradeFields().map(field => ({ ...TRADE_COLUMNS[field], values: trades.map(trade => trade[field]) }));
}

export function tradeFields(): readonly (keyof Trade)[] {
  return Object.keys(TRADE_COLUMNS) as (keyof Trade)[];
}

function columnOf(rows: Float64Array, width: number, index: number): Float64Array {
  return Float64Array.from({ length: rows.length / width }, (_, row) => rows[row * width + index] ?? Number.NaN);
}

function named(indices: Float64Array, names: readonly string[]): readonly (string | null)[] {
  return Array.from(indices, index => names[index] ?? null);
}
