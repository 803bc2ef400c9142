/** From an objective's value to a share: 0 the worst of the cells, 1 the best. */
import type { SweepObjective } from '../sweep/sweep-result.ts';
import type { HeatGrid } from './heat-grid.ts';

export interface HeatScale {
  readonly worst: number;
  readonly best: number;
  /** Values beyond `worst` look like it: a few disasters should not make all else look alike. */
  readonly isCut: boolean;
}

/** From so many cells on, the worst twentieth of them counts as one. */
const CUT_CELLS_MIN = 20;
const CUT_SHARE = 0.05;

/** Null where no cell has a value. */
export function heatScale(
  { rows }: Pick<HeatGrid, 'rows'>,
  { direction }: Pick<SweepObjective, 'direction'>,
): HeatScale | null {
  const values = rows.flat().flatMap(({ value }) => value ?? []);
  values.sort((a, b) => (direction === 'maximize' ? a - b : b - a));
  const cut = values.length >= CUT_CELLS_MIN ? Math.floor(values.length * CUT_SHARE) : 0;
  const worst = values[cut];
  return worst === undefined ? null : { worst, best: values.at(-1)!, isCut: worst !== values[0] };
}

export function heatShare(value: number, { worst, best }: HeatScale): number {
  if (worst === best) return 1;
  return Math.min(1, Math.max(0, (value - worst) / (best - worst)));
}
