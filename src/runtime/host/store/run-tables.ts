/** A run's rows as tables for files, under names that read well in a data frame. */
import { FILL, FILL_FLAG, FILL_WIDTH } from '../../engine/fill-log.ts';
import { END_REASONS, ORDER, ORDER_KINDS, ORDER_STATES, ORDER_WIDTH } from '../../engine/order-log.ts';
import type { RunSummary } from '../../metrics/summary.ts';
import type { Trade } from '../../metrics/trades.ts';
import type { Curve } from '../../report/curve.ts';
import type { ColumnType, TableColumn } from './table-file.ts';

export function fillTable(rows: Float64Array, products: readonly string[]): readonly TableColumn[] {
  const column = (index: number) => columnOf(rows, FILL_WIDTH, index);
  const flag = (bit: number): TableColumn['values'] => Array.from(column(FILL.flags), flags => (flags & bit) !== 0);
  return [
    { name: 'time', type: 'time', values: column(FILL.time) },
    { name: 'product', type: 'text', values: named(column(FILL.product), products) },
    { name: 'quantity', type: 'float', values: column(FILL.quantity) },
    { name: 'price', type: 'float', values: column(FILL.price) },
    { name: 'fee', type: 'float', values: column(FILL.fee) },
    { name: 'slippage', type: 'float', values: column(FILL.slippage) },
    { name: 'order', type: 'int', values: column(FILL.order) },
    { name: 'step', type: 'int', values: column(FILL.step) },
    { name: 'bar', type: 'int', values: column(FILL.bar) },
    { name: 'ambiguous', type: 'bool', values: flag(FILL_FLAG.ambiguous) },
    { name: 'outside_bar', type: 'bool', values: flag(FILL_FLAG.outsideBar) },
    { name: 'large_share', type: 'bool', values: flag(FILL_FLAG.largeShare) },
  ];
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
