/** Neighbours of scattered sets: the nearest ones, each axis measured in shares of its range. */
import { isNumeric } from './axis.ts';
import type { NeighboursOf } from './steps.ts';
import type { ParamSet, SweepAxis, SweepRun } from './sweep-result.ts';

const NEIGHBOURS = 8;
/** Distances that differ by less than the inverse are equal: rounding makes two of what is one. A power of two. */
const RESOLUTION = 2_199_023_255_552;

/** Where every set lies: `width` shares each, one set after the other. */
interface Points {
  readonly shares: Float64Array;
  readonly width: number;
}

/** Of equally near sets, the first ones of the space. */
export function nearestNeighbours(runs: readonly SweepRun[], axes: readonly SweepAxis[]): NeighboursOf {
  const numbers = axes.filter(isNumeric);
  const others = axes.filter(axis => !isNumeric(axis));
  const shares = runs.flatMap(({ params }) => numbers.map(axis => shareOf(params, axis)));
  const points = { shares: Float64Array.from(shares), width: numbers.length };
  const groups = runs.map(({ params }) => JSON.stringify(others.map(({ name }) => params[name])));
  const members = Map.groupBy(groups.keys(), place => groups[place]);
  return place => nearest(place, members.get(groups[place]) ?? [], points);
}

/** The places nearest to `from`, among `places`. */
function nearest(from: number, places: readonly number[], points: Points): readonly number[] {
  const found: number[] = [];
  const distances: number[] = [];
  let farthest = Number.POSITIVE_INFINITY;
  for (const to of places) {
    const distance = squaredDistance(from, to, points);
    if (distance >= farthest || to === from) continue;
    const after = distances.findIndex(other => other > distance);
    const rank = after === -1 ? distances.length : after;
    distances.splice(rank, 0, distance);
    found.splice(rank, 0, to);
    farthest = distances[NEIGHBOURS - 1] ?? farthest;
  }
  return found.slice(0, NEIGHBOURS);
}

function squaredDistance(from: number, to: number, { shares, width }: Points): number {
  let sum = 0;
  for (let axis = 0; axis < width; axis++) {
    const difference = (shares[from * width + axis] ?? 0) - (shares[to * width + axis] ?? 0);
    sum += difference * difference;
  }
  return Math.round(sum * RESOLUTION);
}

/** 0 at the low end of the axis, 1 at the high one. */
function shareOf(params: ParamSet, { name, values }: SweepAxis): number {
  const [low, high] = [Number(values[0]), Number(values.at(-1))];
  return (Number(params[name]) - low) / (high - low);
}
