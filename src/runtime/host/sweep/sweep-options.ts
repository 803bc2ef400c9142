import type { SpaceRequest } from '../../sweep/space.ts';
import type { SweepObjective } from '../../sweep/sweep-result.ts';
import type { BacktestOptions } from '../backtest-options.ts';
import type { SlicePool } from './slice-pool.ts';
import type { SweepDraft } from './sweep-draft.ts';

/** What a caller says about one sweep. */
export interface SweepOptions
  extends Omit<BacktestOptions, 'params' | 'executor' | 'onPlanned' | 'onProgress' | 'onChunk'> {
  readonly space: SpaceRequest;
  readonly objective: SweepObjective;
  /** What runs it: threads, the caller's own thread, or a pool that the caller makes. */
  readonly executor: 'thread' | 'inline' | (() => SlicePool);
  /** How many threads run slices; absent: one per processor. */
  readonly workers?: number;
  /** Forgets what an earlier sweep of the same space has done. */
  readonly fresh: boolean;
  /** The settings as flags, for the command that runs a set alone. */
  readonly flags?: string;
  /** Called before sets are run, with which ones of the space these are. */
  readonly onPlanned?: (draft: SweepDraft, indices: readonly number[]) => void;
  readonly onProgress?: (progress: SweepProgress) => void;
}

export interface SweepProgress {
  readonly runs: number;
  readonly runsDone: number;
  /** Of these, done by an earlier sweep that was interrupted. */
  readonly resumed: number;
  /** Bars that were run now. */
  readonly barsDone: number;
}
