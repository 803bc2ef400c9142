/**
 * Funding rates of a perpetual contract as exchanges publish them: CSV with a header, a column of times and one of
 * rates among others. A rate is a fraction of the position's value, paid by the long side. Exchanges stamp some
 * milliseconds late, so times are rounded to the second.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { GoboolError } from '../../base/error.ts';
import type { FundingRate } from '../../market/holder-events.ts';
import { detectDelimiter } from '../csv/detect-delimiter.ts';
import { timeShapeOf } from '../csv/detect-time-format.ts';
import { RowSplitter } from '../csv/row-splitter.ts';
import { type TimeReader, timeReader } from '../csv/time-format.ts';
import { readSource } from '../files.ts';

const SAMPLE_ROWS = 50;

interface Row {
  readonly line: number;
  readonly fields: readonly string[];
}

/** In the order of time. Throws GB_DATA_MISSING, GB_PERMISSION, GB_DATA_FORMAT with the line. */
export function readFundingFile(path: string): FundingRate[] {
  const file = basename(path);
  const [header, ...rows] = rowsOf(readSource(path, () => readFileSync(path)));
  const [time, rate] = columnsOf(header?.fields ?? []);
  if (header === undefined || rows.length === 0 || time < 0 || rate < 0) {
    throw badFile(`${file} needs a header with a column of times and one of rates, such as fundingTime,fundingRate.`);
  }
  const times = timesOf(file, rows, time);
  const funding = rows.map(row => {
    const known = { time: momentOf(times, row.fields[time] ?? ''), rate: Number(row.fields[rate] || Number.NaN) };
    if (Number.isFinite(known.time) && Math.abs(known.rate) < 1) return known;
    throw badFile(`${file}:${row.line}: "${row.fields.join(',')}" has no time, or no rate between -1 and 1.`);
  });
  return inOrder(file, funding);
}

function rowsOf(bytes: Uint8Array): Row[] {
  const lines = new TextDecoder().decode(bytes.subarray(0, 4096)).split('\n');
  const splitter = new RowSplitter(bytes, detectDelimiter(lines.filter(line => line.trim() !== '')), 0);
  const rows: Row[] = [];
  while (splitter.next()) rows.push({ line: splitter.line, fields: splitter.texts() });
  return rows;
}

/** Places of the time and of the rate; -1 where there is none. `fundingRateTimestamp` is a time. */
function columnsOf(names: readonly string[]): [time: number, rate: number] {
  const plain = names.map(name => name.toLowerCase());
  const time = plain.findIndex(name => /time|date/.test(name));
  return [time, plain.findIndex((name, column) => column !== time && name.includes('rate'))];
}

function timesOf(file: string, rows: readonly Row[], column: number): TimeReader {
  const shape = timeShapeOf(rows.slice(0, SAMPLE_ROWS).map(({ fields }) => fields[column] ?? ''));
  if (shape !== undefined && shape !== 'day-or-month-first') return timeReader(shape);
  throw badFile(
    `${file}: "${rows[0]?.fields[column]}" is no time: write it as 2024-01-31 08:00 (UTC), or as an epoch.`,
  );
}

function momentOf(times: TimeReader, text: string): number {
  const bytes = new TextEncoder().encode(text);
  return Math.round(times.read(bytes, 0, bytes.length) / 1000) * 1000;
}

function inOrder(file: string, funding: FundingRate[]): FundingRate[] {
  funding.sort((a, b) => a.time - b.time);
  const twice = funding.find(({ time }, at) => time === funding[at - 1]?.time);
  if (twice === undefined) return funding;
  throw badFile(`${file} has two rates for ${new Date(twice.time).toISOString()}.`);
}

function badFile(message: string): GoboolError {
  return new GoboolError('GB_DATA_FORMAT', message);
}
