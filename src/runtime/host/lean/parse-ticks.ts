/**
 * LEAN's tick tables into a fold. Trades: time, price, size, then for stocks exchange and condition. Quotes: time, bid,
 * its size, ask, its size, then the same; of forex only bid and ask. A tick of a stock tells one side of one exchange
 * only, so its spread is that of the last bid and the last ask, wherever they come from. The last of the further fields
 * marks a tick that the vendor suspects, which is left out, as LEAN leaves it out of its bars.
 * Source: LEAN, Data/ readme files and Common/Data/Market/Tick.cs (Apache-2.0).
 */
import type { TickFold } from '../../market/tick-fold.ts';
import type { ZoneOffsets } from '../../market/zone-offsets.ts';
import { parseNumber } from '../csv/parse-number.ts';
import { RowSplitter } from '../csv/row-splitter.ts';
import { ZoneClock } from '../csv/zone-clock.ts';
import type { BadRow } from '../import/raw-columns.ts';
import { timeReader } from './parse-lean.ts';
import type { ZippedTable } from './read-zip.ts';

/** What became of the ticks. */
export interface TickCounts {
  trades: number;
  quotes: number;
  /** Left out: the vendor suspects them. */
  suspicious: number;
  /** Earlier than the tick before them; they count at their time. */
  outOfOrder: number;
  /** Left out: their bid is above the ask, or the other side is not known yet. */
  quotesWithoutSpread: number;
}

export interface TickReader {
  readonly fold: TickFold;
  /** What stored prices are divided by. */
  readonly priceScale: number;
  readonly zone: ZoneOffsets;
  readonly counts: TickCounts;
  readonly badRows: { count: number; readonly kept: BadRow[] };
}

const BAD_ROWS_KEPT_MAX = 1_000;
const TRADE_FIELDS = 3;
const FOREX_QUOTE_FIELDS = 3;
const QUOTE_FIELDS = 5;
const TEXT_BYTES_MAX = 200;
const ONE = 49;

export function readTicks(table: ZippedTable, reader: TickReader): void {
  const { bytes, name, label } = table;
  const rows = new RowSplitter(bytes, ',', 0);
  const time = timeReader(name, bytes);
  const clock = new ZoneClock(reader.zone);
  const isQuote = /quote/i.test(name);
  let last = -Infinity;
  while (rows.next()) {
    const timeMs = clock.toUtc(time(rows));
    const problem = Number.isFinite(timeMs) ? addTick(rows, bytes, timeMs, isQuote, reader) : 'the time cannot be read';
    if (problem !== undefined) {
      reader.badRows.count++;
      if (reader.badRows.kept.length === BAD_ROWS_KEPT_MAX) continue;
      reader.badRows.kept.push({ file: label, line: rows.line, reason: problem, text: rows.text(TEXT_BYTES_MAX) });
    } else {
      if (timeMs < last) reader.counts.outOfOrder++;
      last = timeMs;
    }
  }
}

/** What is wrong with the tick, if something is. */
function addTick(rows: RowSplitter, bytes: Uint8Array, time: number, isQuote: boolean, reader: TickReader) {
  const isForex = isQuote && rows.count === FOREX_QUOTE_FIELDS;
  const fields = isQuote && !isForex ? QUOTE_FIELDS : TRADE_FIELDS;
  if (rows.count < fields || rows.isBroken) return 'fields are missing';
  if (rows.count > fields && bytes[rows.starts[rows.count - 1] as number] === ONE) {
    reader.counts.suspicious++;
    return undefined;
  }
  const at = (field: number): number => parseNumber(bytes, rows.starts[field] as number, rows.ends[field] as number);
  const { fold, priceScale, counts } = reader;
  if (!isQuote) {
    const [price, size] = [at(1) / priceScale, at(2)];
    if (!(price > 0 && price < Infinity)) return 'the price is not a positive number';
    if (!(size >= 0 && size < Infinity)) return 'the size is not a number';
    counts.trades++;
    fold.addTrade(time, price, size);
    return undefined;
  }
  const [bid, ask] = [at(1) / priceScale, at(isForex ? 2 : 3) / priceScale];
  const [bidSize, askSize] = isForex ? [0, 0] : [at(2), at(4)];
  if (!(bid >= 0 && ask >= 0 && bidSize >= 0 && askSize >= 0)) return 'a price or a size is not a number';
  counts.quotes++;
  if (!fold.addQuote({ time, bid, bidSize, ask, askSize })) counts.quotesWithoutSpread++;
  return undefined;
}
