import { expect, test } from 'vitest';
import { since } from '../../../src/runtime/report/curve.ts';

const curve = { times: Float64Array.of(10, 20, 30), values: Float64Array.of(1, 2, 3), low: Float64Array.of(0, 1, 2) };

test.each([
  ['before all samples keeps them', 5, [1, 2, 3]],
  ['a sample at the time itself stays', 20, [2, 3]],
  ['between two samples the later ones stay', 21, [3]],
  ['after all samples the last one stays', 99, [3]],
])('since: %s', (_, time, values) => {
  const cut = since(curve, time);
  expect([...cut.values]).toEqual(values);
  expect(cut.low?.length).toBe(values.length);
});
