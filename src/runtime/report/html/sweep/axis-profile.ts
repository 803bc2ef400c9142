/** How the objective goes with one parameter, whatever the others are. */
import type { ParamValue } from '../../../sdk/params.ts';
import { scoreOf } from '../../../sweep/ranking.ts';
import type { SweepAxis } from '../../../sweep/sweep-result.ts';
import type { SweepOutcome } from '../../sweep-outcome.ts';

/** The objective of all runs that have one value of the parameter. */
export interface ProfilePoint {
  readonly value: ParamValue;
  readonly best: number;
  readonly median: number;
  /** A quarter of the runs is worse than `low`, a quarter better than `high`; `low` may be the larger number. */
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

/** Values of the parameter without a run that has an objective are left out. */
export function axisProfile({ runs, objective }: SweepOutcome, { name, values }: SweepAxis): readonly ProfilePoint[] {
  const groups = Map.groupBy(runs, ({ params }) => params[name]);
  const way = objective.direction === 'maximize' ? 1 : -1;
  return values.flatMap(value => {
    const scores = (groups.get(value) ?? []).flatMap(run => scoreOf(run, objective) ?? []).sort((a, b) => a - b);
    if (scores.length === 0) return [];
    const at = (share: number) => way * quantile(scores, share);
    return { value, best: at(1), median: at(0.5), low: at(0.25), high: at(0.75), n: scores.length };
  });
}

/** Between the two nearest of ascending values. */
function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)]!;
  return below + (place - Math.floor(place)) * (sorted[Math.ceil(place)]! - below);
}
