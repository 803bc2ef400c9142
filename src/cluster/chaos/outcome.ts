/** What became of the users' work while something was broken. */
import type { Offence, Witness } from './witness.ts';

export interface Outcome {
  /**
   * From the end of the last fault until everybody is healthy, and all that was asked for before is done; null: it took
   * too long.
   */
  readonly recoveredMs: number | null;
  /** Runs that the cluster accepted. */
  readonly runs: number;
  /** Pieces of results that were tailed, also those that were read twice. */
  readonly pieces: number;
  /** How often something was refused meanwhile, by code. */
  readonly refusals: Readonly<Record<string, number>>;
  readonly offences: readonly Offence[];
}

export const outcomeOf = (
  { runIds, pieces, refusals, offences }: Witness,
  recoveredMs: number | undefined,
): Outcome => ({
  recoveredMs: recoveredMs ?? null,
  runs: runIds.length,
  pieces,
  refusals: Object.fromEntries(refusals),
  offences,
});
