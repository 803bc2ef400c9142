/**
 * What the values of a Parquet column mean. The physical type says how they are stored; the logical type, or in older
 * files the converted one, what they stand for. Source: Apache Parquet, LogicalTypes.md.
 */
import type { SchemaElement } from 'hyparquet';
import { MS_PER_DAY } from '../../market/civil-date.ts';

export interface ColumnType {
  /** `instant`: a point in time; `local`: a date with a clock in a zone that the file does not name. */
  readonly meaning: 'number' | 'instant' | 'local' | 'date' | 'clock' | 'text' | 'other';
  /** A value is `stored x multiplier / divisor`: a number, or milliseconds. */
  readonly multiplier: number;
  readonly divisor: number;
  readonly isUnsigned: boolean;
  /** For people: `timestamp[us, UTC]`. */
  readonly label: string;
}

const UNITS = {
  MILLIS: { divisor: 1, unit: 'ms' },
  MICROS: { divisor: 1e3, unit: 'us' },
  NANOS: { divisor: 1e6, unit: 'ns' },
} as const;

const NUMERIC = new Set(['INT32', 'INT64', 'FLOAT', 'DOUBLE']);

export function columnType(element: SchemaElement): ColumnType {
  const { type = '', logical_type: logical, converted_type: converted = '', scale = 0 } = element;
  if (type === 'INT96') return typeOf('local', 'timestamp[int96]', 1, 1e6);
  if (logical?.type === 'TIMESTAMP') return timestamp(logical.unit, logical.isAdjustedToUTC);
  if (converted.startsWith('TIMESTAMP_'))
    return timestamp(converted === 'TIMESTAMP_MICROS' ? 'MICROS' : 'MILLIS', true);
  if (logical?.type === 'TIME') return clock(logical.unit);
  if (converted.startsWith('TIME_')) return clock(converted === 'TIME_MICROS' ? 'MICROS' : 'MILLIS');
  if (converted === 'DATE' || logical?.type === 'DATE') return typeOf('date', 'date', MS_PER_DAY, 1);
  if (converted === 'DECIMAL' || logical?.type === 'DECIMAL')
    return typeOf('number', 'decimal', 1, Number(`1e${scale}`));
  if (isText(element)) return typeOf('text', 'text');
  const isUnsigned = converted.startsWith('UINT_') || (logical?.type === 'INTEGER' && !logical.isSigned);
  if (NUMERIC.has(type)) return { ...typeOf('number', type.toLowerCase()), isUnsigned };
  return typeOf('other', type.toLowerCase());
}

function typeOf(meaning: ColumnType['meaning'], label: string, multiplier = 1, divisor = 1): ColumnType {
  return { meaning, label, multiplier, divisor, isUnsigned: false };
}

function timestamp(unit: keyof typeof UNITS, isUtc: boolean): ColumnType {
  const { divisor, unit: word } = UNITS[unit];
  return typeOf(isUtc ? 'instant' : 'local', `timestamp[${word}${isUtc ? ', UTC' : ''}]`, 1, divisor);
}

function clock(unit: keyof typeof UNITS): ColumnType {
  return typeOf('clock', 'time of day', 1, UNITS[unit].divisor);
}

/** Bytes without a declared meaning are text too: older writers leave it out. */
function isText({ type, logical_type: logical, converted_type: converted }: SchemaElement): boolean {
  const isString = logical === undefined || logical.type === 'STRING' || logical.type === 'ENUM';
  return type === 'BYTE_ARRAY' && isString && (converted === undefined || converted === 'UTF8' || converted === 'ENUM');
}
