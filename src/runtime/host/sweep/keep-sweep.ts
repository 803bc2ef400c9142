/** Keeps a sweep that is complete: its facts, and a trial in the ledger for each of its runs. */
import type { SweepOutcome } from '../../report/sweep-outcome.ts';
import type { SweepPlan } from './plan-sweep.ts';
import type { DoneRun } from './sweep-log.ts';
import type { SweepOptions } from './sweep-options.ts';
import { writeSweep } from './sweep-store.ts';

/** `now`: the runs that were done now, and are not counted yet. */
export async function keepSweep(
  { projectDir }: SweepOptions,
  _plan: SweepPlan,
  outcome: SweepOutcome,
  _now: readonly DoneRun[],
): Promise<void> {
  writeSweep(projectDir, outcome);
}
