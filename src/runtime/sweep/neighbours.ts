/** Which sets of a space lie next to a set: one step away on a grid, nearest where sets were drawn. */
import { isNumeric } from './axis.ts';
import { nearestNeighbours } from './nearest.ts';
import { gridNeighbours, type NeighboursOf } from './steps.ts';
import type { SweepAxis, SweepRun } from './sweep-result.ts';

/** More drawn sets than this are not compared with each other: it takes time with the square of their number. */
const DRAWN_RUNS_MAX = 5_000;

/**
 * Only numbers have neighbours; along other axes neighbours are equal. Null where there are none: nothing that varies
 * is a number, or too many sets were drawn.
 */
export function neighboursIn(
  runs: readonly SweepRun[],
  axes: readonly SweepAxis[],
  kind: 'grid' | 'random',
): NeighboursOf | null {
  if (!axes.some(isNumeric)) return null;
  if (kind === 'grid') return gridNeighbours(runs, axes);
  return runs.length <= DRAWN_RUNS_MAX ? nearestNeighbours(runs, axes) : null;
}
