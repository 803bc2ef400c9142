import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ResultHasher, TimesHash } from '../../src/runtime/host/result-hash.ts';

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

test('runs that share the hash of their times get the hashes that they have alone', () => {
  const times = fc.array(fc.constantFrom(Number.NaN, 0, -0, 1, 2), { maxLength: 3 });
  fc.assert(
    fc.property(fc.array(fc.record({ times, value: fc.double() })), runs => {
      const shared = new TimesHash();
      // The same memory for all, since times may be a view of what changes.
      const memory = new Float64Array(3);
      for (const { times, value } of runs) {
        memory.set(times);
        const daily = { times: memory.subarray(0, times.length), values: Float64Array.of(value) };
        expect(new ResultHasher(shared).finish({ ...FINAL, daily })).toBe(
          new ResultHasher().finish({ ...FINAL, daily }),
        );
      }
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
