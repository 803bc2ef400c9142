/**
 * A sweep before its results: all of its record that is known once it is planned, as plain data. Whoever has it can go
 * on with the sweep, wherever and whenever rows arrive.
 */
import type { SweepOutcome } from '../../report/sweep-outcome.ts';
import type { ParamSet } from '../../sweep/sweep-result.ts';
import { dataWarnings, feedRanges, keyPartsOf } from '../plan-facts.ts';
import type { RunKeyParts } from '../run-key.ts';
import type { SweepPlan } from './plan-sweep.ts';
import type { SweepOptions } from './sweep-options.ts';

/** What is known only afterwards. */
type SweepFacts = Pick<SweepOutcome, 'resumed' | 'workers' | 'executor' | 'elapsedMs'>;

export interface SweepDraft {
  readonly outcome: Omit<SweepOutcome, 'runs' | 'createdMs' | keyof SweepFacts>;
  readonly sets: readonly ParamSet[];
  /** What of its runs' keys is the same for all of them. */
  readonly keyParts: Omit<RunKeyParts, 'params'>;
}

export function draftSweep(options: SweepOptions, plan: SweepPlan): SweepDraft {
  const { run, space, sweepId, sweepKey, stepsPerRun } = plan;
  const ofData = dataWarnings(run);
  return {
    outcome: {
      sweepId,
      sweepKey,
      strategy: run.description.name,
      file: options.file,
      datasets: feedRanges(run),
      ...(ofData.length > 0 && { dataWarnings: ofData }),
      options: run.input.options,
      flags: options.flags ?? '',
      from: options.from ?? null,
      to: options.to ?? null,
      axes: space.axes,
      fixed: space.fixed,
      kind: space.kind,
      where: options.space.where ?? null,
      objective: options.objective,
      stepsPerRun,
    },
    sets: space.sets,
    keyParts: keyPartsOf(options, run),
  };
}
