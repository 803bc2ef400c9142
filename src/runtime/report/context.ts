import type { RunOptions } from '../engine/run-options.ts';
import type { RunSummary } from '../metrics/summary.ts';
import type { ParamValue } from '../sdk/params.ts';
import type { Curve } from './curve.ts';

/** A feed and what it read. */
export interface FeedRange {
  /** Its name in the strategy. */
  readonly feed: string;
  /** Name of the dataset. */
  readonly dataset: string;
  /** The file that was read, as the user wrote it; absent for datasets of a catalog. */
  readonly file?: string;
  /** Whether it is one of the shipped samples, or made from one. */
  readonly sample?: true;
  readonly hash: string;
  readonly bars: number;
  /** Open of its first bar and close of its last, epoch milliseconds. */
  readonly from: number;
  readonly to: number;
}

/** What a report says of a run beside its summary. */
export interface RunContext {
  readonly strategy: string;
  /** As the user wrote it. */
  readonly file: string;
  readonly params: Readonly<Record<string, ParamValue>>;
  readonly datasets: readonly FeedRange[];
  readonly options: RunOptions;
  readonly runId: string;
  readonly runKey: string;
  readonly resultHash: string;
  readonly elapsedMs: number;
}

export interface ReportContext extends RunContext {
  /** Equity at every step, thinned (`CurveThinner`); may be empty. */
  readonly equity: Curve;
  /** The same run where every ambiguous bar is decided for the target, if there was one. */
  readonly optimistic?: RunSummary;
  /** Where the HTML report is, if one was written. */
  readonly report?: string;
  /** Whether `runId` leads to it afterwards; absent: yes. */
  readonly isKept?: boolean;
}
