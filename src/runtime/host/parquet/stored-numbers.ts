/**
 * Stored values of a Parquet column as float64: numbers as they are, decimals to the nearest double, times in
 * milliseconds. Wide integers are read by halves, since BigInt would be ten times slower.
 */
import type { DecodedArray } from 'hyparquet';
import type { ColumnType } from './column-type.ts';

const TWO_32 = 4_294_967_296;
const EXACT_INTEGER_MAX = 2 ** 53;
const EXACT_POWER_MAX = 1e22;
/** Julian day of 1970-01-01, which INT96 counts days from. */
const UNIX_JULIAN_DAY = 2_440_588;
const MS_PER_DAY = 86_400_000;
const NS_PER_MS = 1e6;

/** Times are rounded to the millisecond. */
export function toNumbers(values: DecodedArray, type: ColumnType): Float64Array {
  if (values instanceof Float64Array) return values;
  if (values instanceof BigInt64Array) {
    const wide = fromInt64(values, type.isUnsigned);
    return type.meaning === 'number' && type.divisor > 1
      ? wideDecimals(values, wide, type.divisor)
      : scaled(wide, type);
  }
  if (values instanceof Int32Array && type.isUnsigned) return Float64Array.from(values, value => value >>> 0);
  if (ArrayBuffer.isView(values)) return scaled(Float64Array.from(values as Int32Array | Float32Array), type);
  if (type.label === 'timestamp[int96]') return Float64Array.from(values as bigint[], int96Ms);
  return Float64Array.from(values as Uint8Array[], bytes => decimalFromBytes(bytes, type.divisor));
}

function fromInt64(values: BigInt64Array, isUnsigned: boolean): Float64Array {
  const halves = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
  const numbers = new Float64Array(values.length);
  for (let i = 0; i < numbers.length; i++) {
    const high = halves[2 * i + 1] as number;
    numbers[i] = (isUnsigned ? high >>> 0 : high) * TWO_32 + ((halves[2 * i] as number) >>> 0);
  }
  return numbers;
}

function scaled(numbers: Float64Array, { meaning, multiplier, divisor }: ColumnType): Float64Array {
  if (multiplier === 1 && divisor === 1) return numbers;
  const isTime = meaning !== 'number';
  for (let i = 0; i < numbers.length; i++) {
    const value = ((numbers[i] as number) * multiplier) / divisor;
    numbers[i] = isTime ? Math.round(value) : value;
  }
  return numbers;
}

/** Beyond 2^53 the whole number would be rounded before it is divided. */
function wideDecimals(values: BigInt64Array, approximate: Float64Array, divisor: number): Float64Array {
  return approximate.map((value, i) =>
    isExact(value, divisor) ? value / divisor : decimalOf(values[i] as bigint, divisor),
  );
}

/** Eight bytes of nanoseconds of the day, four of the Julian day. */
function int96Ms(value: bigint): number {
  const julianDay = Number(value >> 64n);
  const nanoseconds = Number(BigInt.asUintN(64, value));
  return (julianDay - UNIX_JULIAN_DAY) * MS_PER_DAY + Math.round(nanoseconds / NS_PER_MS);
}

/** A big-endian two's complement. Others than exact ones are read as text, which rounds once. */
function decimalFromBytes(bytes: Uint8Array, divisor: number): number {
  let unscaled = 0n;
  for (const byte of bytes) unscaled = (unscaled << 8n) | BigInt(byte);
  unscaled = BigInt.asIntN(bytes.length * 8, unscaled);
  const approximate = Number(unscaled);
  if (isExact(approximate, divisor)) return approximate / divisor;
  return decimalOf(unscaled, divisor);
}

/** Both are whole numbers that a double holds, so that their quotient is rounded once. */
const isExact = (unscaled: number, divisor: number): boolean =>
  Math.abs(unscaled) < EXACT_INTEGER_MAX && divisor <= EXACT_POWER_MAX;

const decimalOf = (unscaled: bigint, divisor: number): number =>
  Number(`${unscaled}e-${Math.round(Math.log10(divisor))}`);
