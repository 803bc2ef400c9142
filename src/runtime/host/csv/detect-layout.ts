/**
 * Works out how a CSV file is laid out: what the options say, and for the rest what its first rows look like.
 * Every question that the file leaves open is an error that names the option which settles it.
 */
import { GoboolError } from '../../base/error.ts';
import { symbolColumn } from './column-names.ts';
import { csvFormatError } from './csv-errors.ts';
import { type CsvLayout, dataRows, placesOf } from './csv-layout.ts';
import type { CsvOptions } from './csv-options.ts';
import { detectDayOrder } from './detect-day-order.ts';
import { commonest, detectDelimiter } from './detect-delimiter.ts';
import { detectRoles } from './detect-roles.ts';
import { timeShapeOf } from './detect-time-format.ts';
import { RowSplitter } from './row-splitter.ts';
import { TIME_FORMATS, type TimeFormat } from './time-format.ts';

const SAMPLE_ROWS = 200;
const HEAD_BYTES = 16_384;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** Throws GB_CSV_FORMAT, GB_CSV_AMBIGUOUS_DATE, or GB_DATA_EMPTY for a file without data rows. */
export function detectLayout(bytes: Uint8Array, options: CsvOptions): CsvLayout {
  const from = BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte) ? BYTE_ORDER_MARK.length : 0;
  const delimiter = options.delimiter ?? detectDelimiter(firstLines(bytes, from));
  const sample = sampleRows(bytes, delimiter, from);
  const header = options.header ?? !sample[0]?.some(isNumber);
  const names = options.names ?? (header ? sample.shift() : undefined);
  if (sample.length === 0) throw noRowsError(options);
  const rowWidth = commonest(sample.map(row => row.length));
  const width = options.columns === undefined && names !== undefined ? names.length : rowWidth;
  const rows = sample.filter(row => row.length === width);
  if (rows.length === 0) {
    const hint = 'Say what the columns of the rows are: --columns time,open,high,low,close,volume.';
    const fields = width === 1 ? '1 field' : `${width} fields`;
    throw csvFormatError(options, `the header has ${fields}, but the rows have ${rowWidth}.`, hint);
  }
  const roles = detectRoles({ rows, names, width }, options);
  const { time } = placesOf(roles);
  const detectOrder = () => detectDayOrder(bytes, dataRows(bytes, { delimiter, from, header }), time, options.fileName);
  const times = rows.map(row => row[time] ?? '');
  const timeFormat = options.timeFormat ?? detectTimeFormat(times, options, detectOrder);
  return { delimiter, from, header, width, roles, timeFormat, symbol: symbolColumn(names ?? []) };
}

const UNREAD_TIMES = 'Names of months, years of two digits, AM and PM are not read: write such times anew.';

function detectTimeFormat(texts: readonly string[], options: CsvOptions, detectOrder: () => 'dmy' | 'mdy'): TimeFormat {
  const shape = timeShapeOf(texts);
  if (shape === 'day-or-month-first') return detectOrder();
  if (shape !== undefined) return shape;
  const formats = Object.entries(TIME_FORMATS).map(([name, example]) => `${name} (${example})`);
  const hint = `Say how to read it: --time-format with one of ${formats.join(', ')}. ${UNREAD_TIMES}`;
  throw csvFormatError(options, `how is the time "${texts[0] ?? ''}" to be read?`, hint);
}

function noRowsError({ fileName }: CsvOptions): GoboolError {
  const hint = 'Check the file: rows of bars must follow its header.';
  return new GoboolError('GB_DATA_EMPTY', `${fileName} has no rows of data.`, { hint });
}

function firstLines(bytes: Uint8Array, from: number): string[] {
  const lines = new TextDecoder().decode(bytes.subarray(from, from + HEAD_BYTES)).split('\n');
  if (bytes.length > HEAD_BYTES && lines.length > 1) lines.pop();
  return lines.filter(line => line.trim() !== '');
}

function sampleRows(bytes: Uint8Array, delimiter: string, from: number): string[][] {
  const splitter = new RowSplitter(bytes, delimiter, from);
  const rows: string[][] = [];
  while (rows.length < SAMPLE_ROWS && splitter.next()) rows.push(splitter.texts());
  return rows;
}

const isNumber = (text: string): boolean => text !== '' && Number.isFinite(Number(text));
