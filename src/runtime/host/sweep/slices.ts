/**
 * Cuts the runs that a sweep still has to do into slices: few enough to share indicators, enough to keep workers busy.
 */

/** Slices per worker, so that none waits long for the last one. */
const SLICES_PER_WORKER = 4;
/** A slice keeps a run's parts for each of its runs. */
const MAX_RUNS = 256;
/** Steps of all runs of a slice together: what an interrupted sweep loses at most, about half a second per worker. */
const MAX_STEPS = 32_000_000;

/**
 * How many sets a slice has, at most, where so many workers run `sets` of them. `larger`: by so much, where a slice
 * costs something by itself.
 */
export function sliceSize(sets: number, workers: number, stepsPerRun: number, larger = 1): number {
  const even = Math.ceil(sets / (workers * SLICES_PER_WORKER));
  const maxOfSteps = Math.floor((larger * MAX_STEPS) / Math.max(1, stepsPerRun));
  return Math.max(1, Math.min(even, larger * MAX_RUNS, maxOfSteps));
}

/** Neighbours in the space stay together, because they share indicators. Every index comes once. */
export function slicesOf(indices: readonly number[], workers: number, stepsPerRun: number): readonly number[][] {
  const size = sliceSize(indices.length, workers, stepsPerRun);
  return Array.from({ length: Math.ceil(indices.length / size) }, (_, at) => indices.slice(at * size, (at + 1) * size));
}
