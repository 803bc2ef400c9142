/** What a sweep tells, worked out once for the terminal, for JSON and for pages. */
import type { RunWarning } from '../metrics/summary.ts';
import { rankRuns } from '../sweep/ranking.ts';
import { type Stability, stabilityOf } from '../sweep/stability.ts';
import type { SweepRun } from '../sweep/sweep-result.ts';
import type { SweepOutcome } from './sweep-outcome.ts';
import { sweepWarnings } from './sweep-warnings.ts';

export interface SweepFindings {
  /** Best first. */
  readonly ranked: readonly SweepRun[];
  readonly best: SweepRun;
  readonly stability: Stability | null;
  readonly warnings: readonly RunWarning[];
}

/** A sweep has at least one run. */
export function sweepFindings(outcome: SweepOutcome): SweepFindings {
  const ranked = rankRuns(outcome.runs, outcome.objective);
  const best = ranked[0]!;
  const stability = stabilityOf(outcome, best);
  return { ranked, best, stability, warnings: sweepWarnings(outcome, best, stability) };
}
