/** What is kept of a run: everything that its report shows, and everything that is needed to make it again. */
import type { RunOptions } from '../../engine/run-options.ts';
import type { RunSummary } from '../../metrics/summary.ts';
import type { Curve } from '../../report/curve.ts';
import type { ParamValue } from '../../sdk/params.ts';

export interface StoredFeed {
  readonly feed: string;
  /** `stock.SPY.usa@1d`, or the name of a CSV file. */
  readonly dataset: string;
  /** SHA-256 of the stored columns. */
  readonly hash: string;
  readonly product: string;
}

export interface StoredRun {
  readonly runId: string;
  /** Wall clock at the end of the run, epoch milliseconds. */
  readonly createdMs: number;
  /** How long it took, from the command to the result, milliseconds. */
  readonly elapsedMs: number;
  /** Name that the strategy gives itself. */
  readonly strategy: string;
  /** Its file, relative to the project where it lies inside. */
  readonly file: string;
  readonly params: Readonly<Record<string, ParamValue>>;
  readonly feeds: readonly StoredFeed[];
  /** Range asked for, epoch milliseconds, `to` exclusive; null: all there is. */
  readonly from: number | null;
  readonly to: number | null;
  readonly prices: 'adjusted' | 'raw';
  readonly options: RunOptions;
  readonly executor: string;
  readonly bundleHash: string;
  readonly runKey: string;
  readonly resultHash: string;
  readonly summary: RunSummary;
}

/** The rows of a run that are kept beside its summary. */
export interface RunRows {
  /** `order-log.ts` and `fill-log.ts` name the columns. */
  readonly orders: Float64Array;
  readonly fills: Float64Array;
  /** Equity at every step, thinned for the plot. */
  readonly curve: Required<Curve>;
}
