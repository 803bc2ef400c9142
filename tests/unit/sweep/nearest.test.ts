import { expect, test } from 'vitest';
import { nearestNeighbours } from '../../../src/runtime/sweep/nearest.ts';
import type { SweepRun } from '../../../src/runtime/sweep/sweep-result.ts';

test('equally near sets are taken in the order of the space, whatever rounding makes of their distances', () => {
  const values = [0, 1, 2, 3, 4, 5, 6, 7];
  const axes = ['a', 'b'].map(name => ({ name, values }));
  const points = values.flatMap(a => values.map(b => ({ a, b })));
  const runs = points.map((params, index): SweepRun => {
    return { index, params, resultHash: '', state: 'completed', finalEquity: 1, fills: 0, metrics: {} };
  });
  const neighboursOf = nearestNeighbours(runs, axes);
  for (const [from, { a, b }] of points.entries()) {
    // Whole numbers: exact.
    const distances = points.map(to => (to.a - a) * (to.a - a) + (to.b - b) * (to.b - b));
    const others = [...points.keys()].filter(to => to !== from);
    const nearest = others.sort((x, y) => (distances[x] ?? 0) - (distances[y] ?? 0)).slice(0, 8);
    expect(neighboursOf(from), `of ${a} ${b}`).toEqual(nearest);
  }
});
