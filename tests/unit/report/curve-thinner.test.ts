import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CurveThinner } from '../../../src/runtime/report/curve-thinner.ts';

function thinned(values: readonly number[], capacity: number, pieces = 1): CurveThinner['curve'] {
  const thinner = new CurveThinner(capacity);
  const size = Math.ceil(values.length / pieces);
  for (let from = 0; from < values.length; from += size) {
    const part = Float64Array.from(values.slice(from, from + size));
    thinner.add(
      Float64Array.from(part, (_, index) => from + index),
      part,
    );
  }
  return thinner.curve;
}

test('a short curve is kept as it is', () => {
  expect([...thinned([3, 1, 2], 4).values]).toEqual([3, 1, 2]);
});

test('a full curve merges neighbours and goes on', () => {
  const { times, values, low, high } = thinned([3, 1, 2, 5, 4, 9, 0], 4);
  expect([[...times], [...values], [...low], [...high]]).toEqual([
    [1, 3, 5, 6],
    [1, 5, 9, 0],
    [1, 2, 4, 0],
    [3, 5, 9, 0],
  ]);
});

test('ends, extremes and size survive any length and any cut into pieces', () => {
  // Equity has no negative zero.
  const equities = fc.double({ noNaN: true, noDefaultInfinity: true }).map(value => value + 0);
  const values = fc.array(equities, { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 9 }), (equity, pieces) => {
      const curve = thinned(equity, 16, pieces);
      expect(curve.values.length).toBeLessThanOrEqual(16);
      expect(curve.values.at(-1)).toBe(equity.at(-1));
      expect(curve.times.at(-1)).toBe(equity.length - 1);
      expect(Math.min(...curve.low)).toBe(Math.min(...equity));
      expect(Math.max(...curve.high)).toBe(Math.max(...equity));
      expect(curve).toEqual(thinned(equity, 16));
    }),
  );
});
