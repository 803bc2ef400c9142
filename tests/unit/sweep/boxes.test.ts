/** Sets are cut into slices in an order in which neighbours share values; each comes once. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inBoxes } from '../../../src/runtime/sweep/boxes.ts';
import type { ParamSet } from '../../../src/runtime/sweep/sweep-result.ts';

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** `sizes`: how many values each parameter takes. */
function grid(sizes: Readonly<Record<string, number>>): readonly ParamSet[] {
  return Object.entries(sizes).reduce<ParamSet[]>(
    (sets, [name, size]) => sets.flatMap(set => upTo(size).map(value => ({ ...set, [name]: value }))),
    [{}],
  );
}

/** What is computed of indicators that depend on one parameter each: values by slice, all in all. */
function computed(sets: readonly ParamSet[], order: readonly number[], sliceSets: number): number {
  const slices = upTo(Math.ceil(order.length / sliceSets)).map(k => order.slice(k * sliceSets, (k + 1) * sliceSets));
  const values = slices.flatMap(slice => [
    ...new Set(slice.flatMap(index => Object.entries(sets[index]!).map(([name, value]) => `${name} ${value}`))),
  ]);
  return values.length;
}

test.each([
  // [sizes of the grid, sets of a slice, values computed row by row, and box by box]
  [{ fast: 32, slow: 32 }, 64, 16 * 34, 16 * 16],
  [{ fast: 4, slow: 64 }, 64, 4 * 65, 4 * 20],
  [{ a: 8, b: 8, c: 8 }, 64, 8 * 17, 8 * 12],
  [{ fast: 20, slow: 50 }, 250, 220, 150],
  [{ fast: 10, slow: 10 }, 100, 20, 20],
  [{ fast: 200, fixed: 1 }, 50, 204, 204],
])('%j in slices of %d: %d values are computed row by row, %d box by box', (sizes, sliceSets, byRow, byBox) => {
  const sets = grid(sizes);
  const indices = upTo(sets.length);
  expect(computed(sets, indices, sliceSets)).toBe(byRow);
  expect(computed(sets, inBoxes(sets, indices, sliceSets), sliceSets)).toBe(byBox);
});

test('what fits into one slice stays as it is', () => {
  const sets = grid({ fast: 5, slow: 7 });
  expect(inBoxes(sets, [30, 2, 17], 256)).toEqual([30, 2, 17]);
  expect(inBoxes(sets, [], 256)).toEqual([]);
  expect(inBoxes([{}], [0], 1)).toEqual([0]);
});

test('every set that is asked for comes once, whatever the sets are', () => {
  const value = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.boolean(), fc.constantFrom('a', 'b'));
  fc.assert(
    fc.property(
      fc.array(fc.record({ p: value, q: value, r: value }), { minLength: 1, maxLength: 200 }),
      fc.integer({ min: 1, max: 64 }),
      fc.infiniteStream(fc.boolean()),
      (sets, boxSets, keeps) => {
        const asked = upTo(sets.length).filter(() => keeps.next().value);
        expect([...inBoxes(sets, asked, boxSets)].sort((a, b) => a - b)).toEqual(asked);
      },
    ),
  );
});
