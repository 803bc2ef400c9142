/**
 * LEAN's tables: CSV without a header. What follows from the market: stock prices are stored x 10,000 and times are
 * New York's; every other market has plain prices and UTC. What the rows tell: trades (time, OHLC, volume) or quotes
 * (time, bid OHLC, size, ask OHLC, size), which become the middle of bid and ask, with their distance at the close as
 * spread. A table whose name starts with or contains a date counts its times in milliseconds since that day's
 * midnight; any other writes `yyyymmdd hh:mm`. Limitation: stocks of other places than the USA are taken to be on New
 * York time too. Source: LEAN, Data/ readme files (Apache-2.0).
 */
import { GoboolError } from '../../base/error.ts';
import { dayNumber, MS_PER_DAY } from '../../market/civil-date.ts';
import type { ZoneOffsets } from '../../market/zone-offsets.ts';
import { CalendarReader } from '../csv/calendar-time.ts';
import { parseNumber } from '../csv/parse-number.ts';
import { RowSplitter } from '../csv/row-splitter.ts';
import { ZoneClock } from '../csv/zone-clock.ts';
import type { ParsedFile } from '../import/parsed-file.ts';
import type { BadRow, RawColumns } from '../import/raw-columns.ts';
import type { ZippedTable } from './read-zip.ts';

const TRADE_FIELDS = 6;
const QUOTE_FIELDS = 11;
const STOCK_PRICE_SCALE = 10_000;
const BAD_ROWS_KEPT_MAX = 1_000;

export interface LeanMarket {
  /** What stored prices are divided by. */
  readonly priceScale: number;
  /** IANA name of the zone of the times; undefined: UTC. */
  readonly zoneName: string | undefined;
}

export function leanMarket(market: string): LeanMarket {
  if (market === 'stock') return { priceScale: STOCK_PRICE_SCALE, zoneName: 'America/New_York' };
  return { priceScale: 1, zoneName: undefined };
}

/** Parses one table. Times of whole days stay dates, at midnight UTC. */
export function parseLean({ name, label, bytes }: ZippedTable, priceScale: number, zone: ZoneOffsets): ParsedFile {
  const rows = new RowSplitter(bytes, ',', 0);
  const capacity = countLines(bytes);
  const isQuote = fieldCount(bytes) >= QUOTE_FIELDS;
  const columns = makeColumns(capacity, isQuote);
  const lines = new Uint32Array(capacity);
  const readTime = timeReader(name, bytes);
  const badRows: BadRow[] = [];
  let badRowCount = 0;
  while (rows.next()) {
    if (rows.count < (isQuote ? QUOTE_FIELDS : TRADE_FIELDS)) {
      const text = new TextDecoder().decode(bytes.subarray(rows.from, rows.to));
      if (++badRowCount <= BAD_ROWS_KEPT_MAX)
        badRows.push({ file: label, line: rows.line, reason: 'fields are missing', text });
      continue;
    }
    const row = columns.length++;
    lines[row] = rows.line;
    columns.time[row] = readTime(rows);
    if (isQuote) writeQuote(columns, row, rows, bytes, priceScale);
    else writeTrade(columns, row, rows, bytes, priceScale);
  }
  toUtc(columns, zone);
  return { file: label, columns, lines, badRows, badRowCount, bytes };
}

/** The day that a table's name holds, as `20131004_spy_minute_trade.csv` does; undefined without one. */
function dayInName(name: string): number | undefined {
  const match = /(?:^|_)(\d{4})(\d{2})(\d{2})_/.exec(name);
  return match === null ? undefined : dayNumber(Number(match[1]), Number(match[2]), Number(match[3]));
}

const CHECKED_ROWS = 5;
const NOT_LEAN_HINT = 'Unpack other CSV files, and import them as they are.';

/**
 * Any CSV file may lie in an archive, and prices of stocks would be divided. Throws GB_DATA_FORMAT where none of the
 * first rows has a time as LEAN writes it.
 */
export function checkIsLean({ name, label, bytes }: ZippedTable): void {
  const rows = new RowSplitter(bytes, ',', 0);
  const form = dayInName(name) === undefined ? /^\d{8} \d\d:\d\d/ : /^\d{1,8}(\.\d+)?$/;
  let time = '';
  for (let row = 0; row < CHECKED_ROWS && rows.next(); row++) {
    time = rows.textOf(0);
    if (form.test(time)) return;
  }
  if (time === '') return;
  const message = `${label} is no table of LEAN: "${time}" is not a time as LEAN writes them.`;
  throw new GoboolError('GB_DATA_FORMAT', message, { hint: NOT_LEAN_HINT });
}

/** Reads the time of a row, as local time. */
export function timeReader(name: string, bytes: Uint8Array): (rows: RowSplitter) => number {
  const day = dayInName(name);
  const field = (rows: RowSplitter): [number, number] => [rows.starts[0] ?? 0, rows.ends[0] ?? 0];
  if (day !== undefined) return rows => day * MS_PER_DAY + parseNumber(bytes, ...field(rows));
  const calendar = new CalendarReader('ymd');
  return rows => calendar.read(bytes, ...field(rows));
}

/** Local times become instants, unless all are dates. */
function toUtc({ time, length }: RawColumns, zone: ZoneOffsets): void {
  const hasClock = time.subarray(0, length).some(local => local % MS_PER_DAY !== 0 && !Number.isNaN(local));
  if (!hasClock) return;
  const clock = new ZoneClock(zone);
  for (let row = 0; row < length; row++) time[row] = clock.toUtc(time[row] as number);
}

function writeTrade(columns: RawColumns, row: number, rows: RowSplitter, bytes: Uint8Array, scale: number): void {
  const at = (field: number): number => parseNumber(bytes, rows.starts[field] as number, rows.ends[field] as number);
  columns.open[row] = at(1) / scale;
  columns.high[row] = at(2) / scale;
  columns.low[row] = at(3) / scale;
  columns.close[row] = at(4) / scale;
  columns.volume[row] = at(5);
}

function writeQuote(columns: RawColumns, row: number, rows: RowSplitter, bytes: Uint8Array, scale: number): void {
  const at = (field: number): number => parseNumber(bytes, rows.starts[field] as number, rows.ends[field] as number);
  columns.open[row] = middle(at(1), at(6)) / scale;
  columns.high[row] = middle(at(2), at(7)) / scale;
  columns.low[row] = middle(at(3), at(8)) / scale;
  columns.close[row] = middle(at(4), at(9)) / scale;
  columns.volume[row] = at(5) + at(10);
  if (columns.spread !== undefined) columns.spread[row] = (at(9) - at(4)) / scale;
}

/** A side that is missing (zero) makes the row bad rather than halving the price. */
function middle(bid: number, ask: number): number {
  return bid > 0 && ask > 0 ? (bid + ask) / 2 : Math.min(bid, ask);
}

function makeColumns(capacity: number, hasSpread: boolean): RawColumns {
  const make = (): Float64Array => new Float64Array(capacity);
  const columns = { length: 0, time: make(), open: make(), high: make(), low: make(), close: make(), volume: make() };
  return hasSpread ? { ...columns, spread: make() } : columns;
}

function fieldCount(bytes: Uint8Array): number {
  const first = new RowSplitter(bytes, ',', 0);
  return first.next() ? first.count : 0;
}

function countLines(bytes: Uint8Array): number {
  let count = 1;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count++;
  return count;
}
