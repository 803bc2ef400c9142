/** The hot loop: bytes into columns of numbers. A row that cannot be read goes to the bad rows and leaves no gap. */
import type { RawColumns } from '../import/raw-columns.ts';
import type { BadRows } from './bad-rows.ts';
import { type CsvLayout, dataRows, placesOf, readTime } from './csv-layout.ts';
import { parseNumber } from './parse-number.ts';
import { growRowStore, type RowStore, rowStoreFor } from './row-store.ts';
import type { TimeReader } from './time-format.ts';

/** `own`: only rows of this product are read; absent: all. */
export function readRows(
  bytes: Uint8Array,
  layout: CsvLayout,
  times: TimeReader,
  badRows: BadRows,
  own?: string,
): RowStore {
  const { time, clock, open, high, low, close, volume, spread } = placesOf(layout.roles);
  const store = rowStoreFor(bytes, spread >= 0);
  const { columns } = store;
  const rows = dataRows(bytes, layout);
  const { starts, ends } = rows;
  const numberAt = (column: number): number => parseNumber(bytes, starts[column] as number, ends[column] as number);
  while (rows.next()) {
    if (own !== undefined && rows.textOf(layout.symbol) !== own) continue;
    const row = columns.length;
    if (row === store.lines.length) growRowStore(store);
    if (rows.count === layout.width && !rows.isBroken) {
      store.lines[row] = rows.line;
      columns.time[row] = readTime(bytes, rows, times, time, clock);
      columns.open[row] = numberAt(open);
      columns.high[row] = numberAt(high);
      columns.low[row] = numberAt(low);
      columns.close[row] = numberAt(close);
      columns.volume[row] = volume < 0 ? 0 : numberAt(volume);
      if (columns.spread !== undefined) columns.spread[row] = numberAt(spread);
      if (isFiniteRow(columns, row)) {
        columns.length++;
        continue;
      }
    }
    badRows.add(rows);
  }
  return store;
}

function isFiniteRow({ time, open, high, low, close, volume, spread }: RawColumns, row: number): boolean {
  return (
    Number.isFinite(time[row]) &&
    Number.isFinite(open[row]) &&
    Number.isFinite(high[row]) &&
    Number.isFinite(low[row]) &&
    Number.isFinite(close[row]) &&
    Number.isFinite(volume[row]) &&
    (spread === undefined || Number.isFinite(spread[row]))
  );
}
