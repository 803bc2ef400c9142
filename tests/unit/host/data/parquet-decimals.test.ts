import { expect, test } from 'vitest';
import { columnType } from '../../../../src/runtime/host/parquet/column-type.ts';
import { toNumbers } from '../../../../src/runtime/host/parquet/stored-numbers.ts';

/** As Polars, DuckDB and Spark store decimals of up to 18 digits. */
const decimal = (scale: number) => columnType({ name: 'close', type: 'INT64', converted_type: 'DECIMAL', scale });

test('decimals of 64 bits are the nearest doubles, also beyond 2^53', () => {
  const unscaled = [1n, -15n, 9_007_199_254_740_993n, 123_456_789_012_345_677n, -987_654_321_098_765_433n];
  for (const scale of [2, 8, 13, 18]) {
    const expected = unscaled.map(value => Number(`${value}e-${scale}`));
    expect(Array.from(toNumbers(BigInt64Array.from(unscaled), decimal(scale)))).toEqual(expected);
  }
});

test('a decimal without digits after its point is the whole number', () => {
  expect(Array.from(toNumbers(BigInt64Array.of(5n, -7n), decimal(0)))).toEqual([5, -7]);
});

test('decimals of bytes may have more digits after the point than a power of ten has that is exact', () => {
  const unscaled = 123_456_789_012_345_678_901_234_567n;
  const bytes = Uint8Array.from({ length: 16 }, (_, i) => Number((unscaled >> BigInt(8 * (15 - i))) & 255n));
  for (const scale of [18, 20, 21, 24, 25]) {
    const type = columnType({ name: 'close', type: 'FIXED_LEN_BYTE_ARRAY', converted_type: 'DECIMAL', scale });
    expect(toNumbers([bytes], type)[0]).toBe(Number(`${unscaled}e-${scale}`));
  }
});
