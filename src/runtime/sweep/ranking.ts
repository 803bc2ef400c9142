/** Which set of parameters is best. The order is total, so it is the same however the runs came in. */
import type { SweepObjective, SweepRun } from './sweep-result.ts';

type RankedRun = Pick<SweepRun, 'index' | 'state' | 'metrics'>;

/** The objective's value, turned so that more is better; null where it is not defined. */
export function scoreOf({ metrics }: RankedRun, { metric, direction }: SweepObjective): number | null {
  const value = metrics[metric] ?? null;
  if (value === null || !Number.isFinite(value)) return null;
  return direction === 'maximize' ? value : 0 - value;
}

/**
 * Best first. Runs that lost everything come after all that did not and have an objective, whatever theirs says; runs
 * whose objective is not defined come last, and among them those that lost everything. Equal ones stay in the order of
 * the space.
 */
export function rankRuns<R extends RankedRun>(runs: readonly R[], objective: SweepObjective): readonly R[] {
  const ranked = runs.map(run => ({ run, score: scoreOf(run, objective), group: groupOf(run, objective) }));
  ranked.sort((a, b) => a.group - b.group || (b.score ?? 0) - (a.score ?? 0) || a.run.index - b.run.index);
  return ranked.map(({ run }) => run);
}

function groupOf(run: RankedRun, objective: SweepObjective): number {
  return (scoreOf(run, objective) === null ? 2 : 0) + (run.state === 'wiped-out' ? 1 : 0);
}
