/**
 * The times of a Parquet file. A typed column says what it holds; texts and whole numbers are told apart as in CSV
 * files. A time of no named zone is local to the zone that the user gives, UTC else.
 */
import type { SchemaElement } from 'hyparquet';
import type { ZoneOffsets } from '../../market/zone-offsets.ts';
import { CalendarReader, type DateOrder } from '../csv/calendar-time.ts';
import { detectDayOrder } from '../csv/detect-day-order.ts';
import { timeShapeOf } from '../csv/detect-time-format.ts';
import { RowSplitter } from '../csv/row-splitter.ts';
import { EpochReader, isEpoch, type TimeFormat, timeReader } from '../csv/time-format.ts';
import { ZoneClock } from '../csv/zone-clock.ts';
import { decodeTexts, textsOfColumn } from './column-texts.ts';
import { columnType } from './column-type.ts';
import { type ParquetFile, parquetError } from './open-parquet.ts';
import { type Decode, readColumn } from './read-column.ts';
import { toNumbers } from './stored-numbers.ts';

const SAMPLE_ROWS = 200;
const MIDNIGHT = new TextEncoder().encode('1970-01-01');

export interface TimeColumns {
  readonly time: SchemaElement;
  /** The time of day, where `time` is a date only. */
  readonly clock: SchemaElement | undefined;
  /** Detected where undefined. */
  readonly timeFormat: TimeFormat | undefined;
  /** Undefined: UTC. */
  readonly zone: ZoneOffsets | undefined;
}

export interface ReadTimes {
  /** Epoch milliseconds, UTC; NaN where there is none. */
  readonly time: Float64Array;
  /** What the column was taken for: `timestamp[ms, UTC]`, `ymd`. */
  readonly format: string;
  /** Whole numbers without a unit of their own. */
  readonly isEpoch: boolean;
}

/** Throws GB_PARQUET_FORMAT, GB_CSV_AMBIGUOUS_DATE. */
export function readTimes(file: ParquetFile, columns: TimeColumns): ReadTimes {
  const { time: element, clock, zone } = columns;
  const { meaning, label } = columnType(element);
  const isTyped = meaning === 'instant' || meaning === 'local' || meaning === 'date';
  const format = isTyped ? undefined : formatOf(file, columns);
  const time = readColumn(file, element, timeDecoder(element, format));
  if (clock !== undefined) add(time, readColumn(file, clock, clockDecoder(clock)));
  const isInstant = format === undefined ? meaning === 'instant' : isEpoch(format) || hasOffset(file, element, format);
  if (!isInstant && zone !== undefined) toUtc(time, new ZoneClock(zone));
  return { time, format: format ?? label, isEpoch: format !== undefined && isEpoch(format) };
}

/** Texts are read as if they were UTC. */
function timeDecoder(element: SchemaElement, format: TimeFormat | undefined): Decode {
  const type = columnType(element);
  if (format === undefined) return values => toNumbers(values, type);
  if (type.meaning === 'number' && isEpoch(format)) {
    const epochs = new EpochReader(format);
    return values => toNumbers(values, type).map(value => epochs.fromNumber(value));
  }
  const reader = timeReader(format);
  return decodeTexts(element, text => reader.read(text, 0, text.length));
}

/** Whether the texts say their offset from UTC, as the first one does. */
function hasOffset(file: ParquetFile, element: SchemaElement, order: DateOrder): boolean {
  const reader = new CalendarReader(order);
  const text = new TextEncoder().encode(textsOfColumn(file, element, 1)[0]);
  reader.read(text, 0, text.length);
  return reader.hasOffset;
}

/** Milliseconds since midnight. */
function clockDecoder(element: SchemaElement): Decode {
  const type = columnType(element);
  if (type.meaning === 'clock') return values => toNumbers(values, type);
  const reader = timeReader('ymd');
  return decodeTexts(element, text => {
    const whole = Uint8Array.of(...MIDNIGHT, ...text);
    return reader.readSplit(whole, 0, MIDNIGHT.length, MIDNIGHT.length, whole.length);
  });
}

function formatOf(file: ParquetFile, { time, timeFormat }: TimeColumns): TimeFormat {
  if (timeFormat !== undefined) return timeFormat;
  const texts = textsOfColumn(file, time, SAMPLE_ROWS);
  const shape = timeShapeOf(texts);
  if (shape === 'day-or-month-first') return dayOrder(file, time);
  if (shape !== undefined) return shape;
  const example = texts[0] === undefined ? 'it is empty' : `how is "${texts[0]}" to be read`;
  throw parquetError(file.name, `the column "${time.name}" holds no times that are understood: ${example}`);
}

function dayOrder(file: ParquetFile, element: SchemaElement): 'dmy' | 'mdy' {
  const lines = new TextEncoder().encode(textsOfColumn(file, element, Infinity, Infinity).join('\n'));
  return detectDayOrder(lines, new RowSplitter(lines, ',', 0), 0, file.name);
}

function add(time: Float64Array, clock: Float64Array): void {
  for (let row = 0; row < time.length; row++) time[row] = (time[row] as number) + (clock[row] as number);
}

function toUtc(time: Float64Array, zone: ZoneClock): void {
  for (let row = 0; row < time.length; row++) time[row] = zone.toUtc(time[row] as number);
}
