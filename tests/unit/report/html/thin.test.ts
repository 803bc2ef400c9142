import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bucketsFor, thinTimes, thinValues } from '../../../../src/runtime/report/html/thin.ts';

test('never more points than asked for, increasing times, and no extreme is lost', () => {
  const column = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(column, fc.integer({ min: 1, max: 60 }), (values, half) => {
      const buckets = bucketsFor(values.length, 2 * half);
      const thinned = thinValues(Float64Array.from(values), buckets);
      const times = thinTimes(Float64Array.from(values.keys()), buckets);
      expect(thinned.length).toBe(times.length);
      expect(buckets.size === 1 || thinned.length <= 2 * half).toBe(true);
      expect([Math.min(...thinned), Math.max(...thinned)]).toEqual([Math.min(...values), Math.max(...values)]);
      if (buckets.size > 1) expect(times.every((time, i) => i === 0 || time > times[i - 1]!)).toBe(true);
    }),
  );
});

test('extremes stand in the order in which they came; a bucket without values is a hole', () => {
  const values = Float64Array.of(5, 9, 1, 4, Number.NaN, Number.NaN, Number.NaN, Number.NaN, 2, 3);
  expect([...thinValues(values, bucketsFor(10, 6))]).toEqual([9, 1, Number.NaN, Number.NaN, 2, 3]);
});
