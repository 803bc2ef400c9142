/** Sets drawn from a space without repetition. The same seed draws the same sets, on every machine. */
import { nextRandom, type PrngState, prngFromSeed } from '../base/prng.ts';
import type { Lattice } from './lattice.ts';
import type { ParamSet } from './sweep-result.ts';

interface Drawn {
  /** Where it lies in each lattice. */
  readonly point: readonly number[];
  readonly set: ParamSet;
}

/** Draws that may fail to give a new set, beside `TRIES_PER_SET` for each. */
const TRIES_MIN = 1_000_000;
const TRIES_PER_SET = 20;

/** `count` of the items, each as likely as any other, in their order. */
export function drawItems<T>(items: readonly T[], count: number, seed: number): readonly T[] {
  const random = prngFromSeed(seed);
  const indexes = Int32Array.from(items, (_, index) => index);
  for (let i = 0; i < count; i++) {
    const other = i + below(indexes.length - i, random);
    [indexes[i], indexes[other]] = [indexes[other] ?? 0, indexes[i] ?? 0];
  }
  const drawn = new Set(indexes.subarray(0, count));
  return items.filter((_, index) => drawn.has(index));
}

/**
 * Up to `count` sets from lattices too many to list, in order, the first lattice slowest. It draws again where a set is
 * not `wanted` or drawn already, and gives up in the end.
 */
export function drawSets(
  lattices: readonly Lattice[],
  count: number,
  seed: number,
  wanted: (set: ParamSet) => boolean,
): readonly ParamSet[] {
  const random = prngFromSeed(seed);
  const drawn = new Map<string, Drawn>();
  for (let tries = TRIES_MIN + TRIES_PER_SET * count; drawn.size < count && tries > 0; tries--) {
    const point = lattices.map(lattice => below(lattice.count, random));
    const set = Object.fromEntries(lattices.map(({ name, at }, axis) => [name, at(point[axis] ?? 0)]));
    if (wanted(set)) drawn.set(point.join(), { point, set });
  }
  return [...drawn.values()].sort((a, b) => comparePoints(a.point, b.point)).map(({ set }) => set);
}

function below(limit: number, random: PrngState): number {
  return Math.floor(nextRandom(random) * limit);
}

function comparePoints(a: readonly number[], b: readonly number[]): number {
  const axis = a.findIndex((position, index) => position !== b[index]);
  return (a[axis] ?? 0) - (b[axis] ?? 0);
}
