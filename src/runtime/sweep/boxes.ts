/**
 * The order in which the sets of a sweep are cut into slices. A slice computes once what depends on a value that
 * several of its sets share, so the space is cut into boxes of about a slice each, with as many values on one side as
 * on another: ten values by ten need twenty moving averages, one by a hundred needs a hundred and one.
 */
import type { ParamValue } from '../sdk/params.ts';
import type { ParamSet } from './sweep-result.ts';

interface Side {
  readonly name: string;
  /** Values of the parameter, each with its place among them. */
  readonly places: ReadonlyMap<ParamValue | undefined, number>;
  /** Into how many parts they are cut. */
  parts: number;
}

/** Some of the sets, named by index, box by box. `boxSets`: about how many a box may have. */
export function inBoxes(sets: readonly ParamSet[], indices: readonly number[], boxSets: number): readonly number[] {
  const chosen = indices.map(index => ({ index, set: sets[index] ?? {} }));
  const sides = cut(sidesOf(chosen.map(({ set }) => set)), indices.length / boxSets);
  const placed = chosen.map(({ index, set }) => ({ index, box: boxOf(set, sides) }));
  return placed.sort((a, b) => a.box - b.box).map(({ index }) => index);
}

function sidesOf(sets: readonly ParamSet[]): readonly Side[] {
  return Object.keys(sets[0] ?? {}).map(name => {
    const values = new Set(sets.map(set => set[name]));
    return { name, places: new Map([...values].map((value, place) => [value, place])), parts: 1 };
  });
}

/** Halves the parts of whichever side has the longest, until there are enough boxes. */
function cut(sides: readonly Side[], boxes: number): readonly Side[] {
  const longest = (): Side | undefined => sides.toSorted((a, b) => lengthOf(b) - lengthOf(a))[0];
  for (let count = 1; count < boxes; count *= 2) {
    const side = longest();
    if (side !== undefined) side.parts *= 2;
  }
  return sides;
}

function lengthOf({ places, parts }: Side): number {
  return places.size / parts;
}

function boxOf(set: ParamSet, sides: readonly Side[]): number {
  let box = 0;
  for (const { name, places, parts } of sides) {
    const place = places.get(set[name]) ?? 0;
    box = box * parts + Math.floor((place * parts) / places.size);
  }
  return box;
}
