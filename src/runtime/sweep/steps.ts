/** Neighbours on a grid. A set is numbered by its place in the full grid, so that a step is a difference of numbers. */
import type { ParamValue } from '../sdk/params.ts';
import { isNumeric } from './axis.ts';
import type { SweepAxis, SweepRun } from './sweep-result.ts';

/** The neighbours of the run at a place in the list of runs, as places in it. */
export type NeighboursOf = (place: number) => readonly number[];

interface GridAxis {
  readonly name: string;
  readonly count: number;
  readonly positions: ReadonlyMap<ParamValue | undefined, number>;
  /** Numbers between neighbours along this axis. */
  readonly stride: number;
  readonly isNumeric: boolean;
}

/** One up or down along an axis. */
interface Move {
  readonly axis: GridAxis;
  readonly by: -1 | 1;
}

type Step = readonly Move[];

/** Up to so many axes, sets that differ by one step along several of them are neighbours too. */
const DIAGONAL_AXES_MAX = 3;

const NOBODY = -1;

/** Sets that the space has not are nobody's neighbours. */
export function gridNeighbours(runs: readonly SweepRun[], axes: readonly SweepAxis[]): NeighboursOf {
  const grid = gridAxes(axes);
  const numbers = Int32Array.from(runs, run => numberOf(run, grid));
  const places = new Int32Array(axes.reduce((size, { values }) => size * values.length, 1)).fill(NOBODY);
  numbers.forEach((number, place) => {
    places[number] = place;
  });
  const steps = stepsAlong(grid.filter(axis => axis.isNumeric));
  return place => {
    const found: number[] = [];
    for (const step of steps) {
      const neighbour = places[numberAfter(numbers[place] ?? 0, step)] ?? NOBODY;
      if (neighbour !== NOBODY) found.push(neighbour);
    }
    return found;
  };
}

function numberOf({ params }: SweepRun, grid: readonly GridAxis[]): number {
  return grid.reduce((sum, { name, positions, stride }) => sum + (positions.get(params[name]) ?? 0) * stride, 0);
}

function gridAxes(axes: readonly SweepAxis[]): readonly GridAxis[] {
  let stride = 1;
  return axes.map(axis => {
    const count = axis.values.length;
    const positions = new Map(axis.values.map((value, position) => [value, position]));
    const gridAxis = { name: axis.name, count, positions, stride, isNumeric: isNumeric(axis) };
    stride *= count;
    return gridAxis;
  });
}

function stepsAlong(axes: readonly GridAxis[]): readonly Step[] {
  if (axes.length > DIAGONAL_AXES_MAX) return axes.flatMap(axis => [[{ axis, by: -1 }], [{ axis, by: 1 }]] as Step[]);
  const stay: Step = [];
  const steps = axes.reduce(
    (before, axis) => before.flatMap((step): Step[] => [step, [...step, { axis, by: -1 }], [...step, { axis, by: 1 }]]),
    [stay],
  );
  return steps.filter(step => step !== stay);
}

/** `NOBODY` outside of the grid. */
function numberAfter(number: number, step: Step): number {
  let after = number;
  for (const { axis, by } of step) {
    const position = (Math.floor(number / axis.stride) % axis.count) + by;
    if (position < 0 || position >= axis.count) return NOBODY;
    after += by * axis.stride;
  }
  return after;
}
