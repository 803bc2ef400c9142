import type { RunOptions } from '../engine/run-options.ts';
import type { RunWarning } from '../metrics/summary.ts';
import type { ParamSet, SweepAxis, SweepObjective, SweepRun } from '../sweep/sweep-result.ts';
import type { FeedRange } from './context.ts';

/** A whole sweep: what its table, heat map and files show. */
export interface SweepOutcome {
  readonly sweepId: string;
  /** Equal for sweeps of the same space by the same bundle over the same data under the same options. */
  readonly sweepKey: string;
  /** Wall clock at the end, epoch milliseconds. */
  readonly createdMs: number;
  readonly elapsedMs: number;
  readonly strategy: string;
  /** As the user wrote it. */
  readonly file: string;
  readonly datasets: readonly FeedRange[];
  /** Of its data, such as rows that were skipped; absent where there are none. */
  readonly dataWarnings?: readonly RunWarning[];
  readonly options: RunOptions;
  /** The settings that were given as flags of the command, as a shell reads them; '' for none. */
  readonly flags: string;
  /** Range asked for, epoch milliseconds, `to` exclusive; null: all there is. */
  readonly from: number | null;
  readonly to: number | null;
  /** What varies. Of a random sweep: the values that were drawn. */
  readonly axes: readonly SweepAxis[];
  /** Parameters that keep one value. */
  readonly fixed: ParamSet;
  /** Sets are the whole grid, or drawn from it with a seed. */
  readonly kind: 'grid' | 'random';
  /** The condition that sets had to meet, as the user wrote it. */
  readonly where: string | null;
  readonly objective: SweepObjective;
  /** Steps of one run; runs times steps over seconds is the rate. */
  readonly stepsPerRun: number;
  readonly workers: number;
  /** What ran it: `thread`, `inline`, `cluster`; absent from what earlier versions kept. */
  readonly executor?: string;
  /** Runs that an earlier, interrupted sweep had done. */
  readonly resumed: number;
  /** By index. */
  readonly runs: readonly SweepRun[];
}
