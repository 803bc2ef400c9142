import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ResultHasher } from '../../src/runtime/host/result-hash.ts';

const FINAL = {
  state: 'completed',
  finalCash: 0,
  finalEquity: 0,
  positions: [],
  daily: { times: Float64Array.of(), values: Float64Array.of() },
} as const;

test('any split into chunks gives the same hash', () => {
  const values = fc.float64Array({ maxLength: 50 });
  const cuts = fc.array(fc.nat(50), { maxLength: 5 });
  fc.assert(
    fc.property(values, values, cuts, cuts, (orders, fills, orderCuts, fillCuts) => {
      const orderParts = split(orders, orderCuts);
      const fillParts = split(fills, fillCuts);
      const chunks = Array.from({ length: Math.max(orderParts.length, fillParts.length) }, (_, i) => ({
        orders: orderParts[i] ?? Float64Array.of(),
        fills: fillParts[i] ?? Float64Array.of(),
      }));
      expect(hash(chunks)).toBe(hash([{ orders, fills }]));
    }),
  );
});

function hash(chunks: readonly { orders: Float64Array; fills: Float64Array }[]): string {
  const hasher = new ResultHasher();
  for (const chunk of chunks) hasher.update(chunk);
  return hasher.finish(FINAL);
}

function split(rows: Float64Array, cuts: readonly number[]): Float64Array[] {
  const bounds = [0, ...cuts.filter(cut => cut < rows.length).sort((a, b) => a - b), rows.length];
  return bounds.slice(1).map((to, i) => rows.subarray(bounds[i], to));
}
