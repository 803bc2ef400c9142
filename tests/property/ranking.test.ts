/** The ranking of a sweep is what sorting all of its sets gives, however its rows come in. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Ranking } from '../../src/cluster/services/join/ranks/ranking.ts';
import type { SliceRow } from '../../src/runtime/host/hashed-slice.ts';
import { rankRuns } from '../../src/runtime/sweep/ranking.ts';

const row = fc.record<SliceRow>({
  resultHash: fc.constant('a'.repeat(64)),
  state: fc.constantFrom('completed', 'completed', 'wiped-out'),
  finalEquity: fc.constant(1),
  fills: fc.constant(0),
  samples: fc.constant(0),
  // Few values, so that many are equal.
  metrics: fc.record({ sharpe: fc.constantFrom(-1, 0, 1, 2, 3, null, Number.NaN, Number.POSITIVE_INFINITY) }),
});

/** Slices in any order, some of them twice. */
const arrivals = fc
  .record({ rows: fc.array(row, { minLength: 1, maxLength: 120 }), sliceSets: fc.integer({ min: 1, max: 40 }) })
  .chain(({ rows, sliceSets }) => {
    const slices = Array.from({ length: Math.ceil(rows.length / sliceSets) }, (_, n) => n);
    const order = fc
      .array(fc.constantFrom(...slices), { maxLength: 10 })
      .chain(again => fc.shuffledSubarray([...slices, ...again], { minLength: slices.length + again.length }));
    return fc.record({ rows: fc.constant(rows), sliceSets: fc.constant(sliceSets), order });
  });

test.each(['maximize', 'minimize'] as const)('in any interleaving, to %s', direction => {
  fc.assert(
    fc.property(arrivals, ({ rows, sliceSets, order }) => {
      const ranking = new Ranking(rows.length, { name: 'sharpe', direction });
      const seen = new Set<number>();
      for (const n of order) {
        const from = n * sliceSets;
        const slice = rows.slice(from, from + sliceSets);
        ranking.add(`task-${n}`, from, slice);
        for (const i of slice.keys()) seen.add(from + i);
        const runs = [...seen].map(index => ({ index, ...rows[index]! }));
        const best = rankRuns(runs, { metric: 'sharpe', direction }).slice(0, 20);
        const { done, best: shown } = ranking.view();
        expect(done).toBe(seen.size);
        expect(shown.map(({ index }) => index)).toEqual(best.map(({ index }) => index));
        for (const { index, taskId } of shown) expect(taskId).toBe(`task-${Math.floor(index / sliceSets)}`);
      }
      expect(ranking.isComplete).toBe(true);
    }),
    { numRuns: 200 },
  );
});
