/** The port through which the sets of a sweep run. Adapters: threads of this process (`local-pool.ts`), the cluster. */
import type { SliceInput } from '../../bundle/abi.ts';
import type { Bundle } from '../bundler/bundle-strategy.ts';
import type { ExecuteOptions, Executor, ExecutorLimits } from '../executor.ts';
import type { SliceRow } from '../hashed-slice.ts';

export interface SliceWork {
  readonly bundle: Bundle;
  /** Which sets are to run; neighbours share indicators. */
  readonly indices: readonly number[];
  /** What some of them are run with. */
  readonly inputOf: (indices: readonly number[]) => SliceInput;
  readonly stepsPerRun: number;
  /** One row for each of these sets, in any order of slices. */
  readonly onRows: (indices: readonly number[], rows: readonly SliceRow[]) => void;
}

export interface SlicePool extends AsyncDisposable {
  /** Describes the strategy, and runs single sets. */
  readonly executor: Executor;
  /** How many work at once; of a cluster, how many have worked so far. */
  readonly workers: number;
  /** Starts whatever takes time to start. */
  prepare(limits: ExecutorLimits): void;
  /** Throws the first failure; then nothing of the work goes on. */
  run(work: SliceWork, execute: ExecuteOptions): Promise<void>;
}
