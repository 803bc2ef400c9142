/** What goes into a run and what comes out of it while it runs: plain data, structured-cloneable. */
import type { Dataset } from '../market/dataset.ts';
import type { ParamValue } from '../sdk/params.ts';
import type { KeepsRows } from './row-log.ts';
import type { RunOptions } from './run-options.ts';

/** Everything a run depends on, beside the strategy itself. Columns may be in shared memory. */
export interface RunInput {
  readonly params: Readonly<Record<string, ParamValue>>;
  /** One dataset per feed of the strategy, in its order, already cut to the range and adjusted. */
  readonly feeds: readonly Dataset[];
  readonly options: RunOptions;
  /** What the result is compared with, instead of holding the run's own products. No part of the run key. */
  readonly benchmark?: Dataset;
}

/**
 * One piece of a result. Boundaries depend on the inputs only: two attempts at one run emit identical chunks.
 * `time` and `equity` are views of memory that the run uses again: copy what is to outlive the callback.
 * `orders`, `fills` and `cash` are rows of float64; `order-log.ts`, `fill-log.ts` and `cash-log.ts` name the columns.
 */
export interface Chunk {
  /** 0, 1, 2 ... without a hole. */
  readonly seq: number;
  /** Steps `[fromStep, toStep)` of the run's timeline; a step is one close time. */
  readonly fromStep: number;
  readonly toStep: number;
  /** When each step closed, epoch milliseconds. */
  readonly time: Float64Array;
  /** Equity at each step. */
  readonly equity: Float64Array;
  readonly orders: Float64Array;
  readonly fills: Float64Array;
  /** Absent from bundles of earlier versions. */
  readonly cash?: Float64Array;
}

/** What the host gives to a run. */
export interface RunHooks {
  readonly onChunk: (chunk: Chunk) => void;
  /** False: the record has no rows; chunks are the only ones to bring them. */
  readonly keepsRows?: KeepsRows;
  /** False: chunks may come without times and equity. */
  readonly wantsCurve?: boolean;
  /** `progress[0]`: the step that runs now; may lie in shared memory, so that a watchdog can read it. */
  readonly progress: Int32Array;
  /** Asked between blocks; true ends the run with `GB_RUN_CANCELLED`. */
  readonly shouldStop: () => boolean;
}
