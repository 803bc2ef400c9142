/** Slices have every set once, in order, and every worker as many of them. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evenSize, maxSliceSets, slicesOf } from '../../../../src/runtime/host/sweep/slices.ts';

test.each([
  [1, 256],
  [100_000, 256],
  [320_000, 100],
  [32_000_000, 1],
  [1_000_000_000, 1],
  [0, 256],
])('of runs of %d steps a slice has at most %d', (steps, sets) => expect(maxSliceSets(steps)).toBe(sets));

test.each([
  ['few sets: four rounds', 80, 2, 256, 10],
  ['a part may not have more', 36_000, 2, 4_096, 3_600],
  ['fewer sets than workers', 3, 8, 256, 1],
  ['none', 0, 2, 256, 1],
])('%s', (_, sets, workers, maxSets, size) => expect(evenSize(sets, workers, maxSets)).toBe(size));

const count = (max: number) => fc.integer({ min: 1, max });

test('no worker has more than the others by more than one slice, and none is too long', () => {
  fc.assert(
    fc.property(count(5_000), count(16), count(1_000_000), (sets, workers, steps) => {
      const indices = Array.from({ length: sets }, (_, i) => i);
      const slices = slicesOf(indices, workers, steps);
      expect(slices.flat()).toEqual(indices);
      const longest = Math.max(...slices.map(({ length }) => length));
      expect(longest).toBeLessThanOrEqual(maxSliceSets(steps));
      const rounds = Math.ceil(slices.length / workers);
      expect(rounds * workers * longest).toBeLessThan(sets + rounds * workers + longest * workers);
    }),
  );
});
