import fc from 'fast-check';
import { expect, test } from 'vitest';
import { timesOf, valuesOf } from '../../../../src/report-page/columns.ts';
import {
  fixedColumn,
  moneyColumn,
  roundedColumn,
  steppedColumn,
  timeColumn,
} from '../../../../src/runtime/report/html/columns.ts';
import { bucketsFor, thinValues } from '../../../../src/runtime/report/html/thin.ts';

test('times come back to the second', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 4e12 })), unsorted => {
      const times = unsorted.sort((a, b) => a - b);
      expect(timesOf(timeColumn(times))).toEqual(times.map(time => Math.round(time / 1000)));
    }),
  );
});

test('stepped numbers come back with the digits asked for, holes where they were', () => {
  const numbers = fc.oneof(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.constant(Number.NaN));
  fc.assert(
    fc.property(fc.array(numbers, { minLength: 1 }), values => {
      const largest = Math.max(0, ...values.filter(value => !Number.isNaN(value)).map(Math.abs));
      const back = valuesOf(steppedColumn(Float64Array.from(values), 7));
      values.forEach((value, i) => {
        if (Number.isNaN(value)) expect(back[i]).toBeNull();
        else expect(Math.abs(back[i]! - value)).toBeLessThanOrEqual(Math.max(1e-6 * largest, 1e-10));
      });
    }),
  );
});

test('one infinite value is a hole, and hides no other', () => {
  const ratios = Float64Array.of(1.5, Number.POSITIVE_INFINITY, 2.25, Number.NEGATIVE_INFINITY, Number.NaN, 0.5);
  expect(valuesOf(steppedColumn(ratios, 7))).toEqual([1.5, null, 2.25, null, null, 0.5]);
  expect([...thinValues(ratios, bucketsFor(6, 4))]).toEqual([1.5, 2.25, 0.5, 0.5]);
});

test('prices keep their ticks', () => {
  const prices = [64_123.45, 64_123.5, 64_120.05];
  expect(valuesOf(steppedColumn(Float64Array.from(prices), 7))).toEqual(prices);
  const rates = [1.08345, 1.08351, 1.0834];
  expect(valuesOf(steppedColumn(Float64Array.from(rates), 7))).toEqual(rates);
});

test('rounding', () => {
  expect(roundedColumn([123.456, Number.NaN, 0.000123456], 4)).toEqual([123.5, null, 0.0001235]);
  expect(moneyColumn([123_456.789, 1_665_934.929, -0.0123456, Number.NaN], 4)).toEqual([
    123_456.79,
    1_665_934.93,
    -0.01235,
    null,
  ]);
  expect(fixedColumn([0.123456, Number.POSITIVE_INFINITY], 3)).toEqual([0.123, null]);
});
