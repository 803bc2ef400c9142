/**
 * Cuts the runs that a sweep still has to do into slices: few enough to share indicators, enough to keep workers busy.
 */

/** Slices per worker, so that none waits long for the last one. */
const SLICES_PER_WORKER = 4;
/** A slice keeps a run's parts for each of its runs. */
const MAX_RUNS = 256;
/** Steps of all runs of a slice together: what an interrupted sweep loses at most, about half a second per worker. */
const MAX_STEPS = 32_000_000;

/** Of as many sets as one slice can have where each run has so many steps. */
export function maxSliceSets(stepsPerRun: number): number {
  return Math.max(1, Math.min(MAX_RUNS, Math.floor(MAX_STEPS / Math.max(1, stepsPerRun))));
}

/** How many sets a part has, `maxSets` at most, where so many workers run `sets` of them and all get as many. */
export function evenSize(sets: number, workers: number, maxSets: number): number {
  const rounds = Math.max(SLICES_PER_WORKER, Math.ceil(sets / (workers * maxSets)));
  return Math.max(1, Math.ceil(sets / (workers * rounds)));
}

/** In the order of the indices, each of which comes once: neighbours share indicators. */
export function slicesOf(indices: readonly number[], workers: number, stepsPerRun: number): readonly number[][] {
  const size = evenSize(indices.length, workers, maxSliceSets(stepsPerRun));
  return Array.from({ length: Math.ceil(indices.length / size) }, (_, at) => indices.slice(at * size, (at + 1) * size));
}
