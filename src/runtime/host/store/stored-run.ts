/** What is kept of a run: everything that its report shows, and everything that is needed to make it again. */
import type { RunSummary } from '../../metrics/summary.ts';
import type { RunContext } from '../../report/context.ts';
import type { Curve } from '../../report/curve.ts';

export interface StoredRun extends RunContext {
  /** Wall clock at the end of the run, epoch milliseconds. */
  readonly createdMs: number;
  /** Ids of the products, in the order in which orders and fills number them. */
  readonly products: readonly string[];
  /** Range asked for, epoch milliseconds, `to` exclusive; null: all there is. */
  readonly from: number | null;
  readonly to: number | null;
  readonly prices: 'adjusted' | 'raw';
  readonly executor: string;
  readonly bundleHash: string;
  readonly summary: RunSummary;
}

/** Rows of one width, in parts as they came: they are many, and hardly anyone wants them in one piece. */
export type RowParts = readonly Float64Array[];

/** The rows of a run that are kept beside its summary. */
export interface RunRows {
  /** `order-log.ts`, `fill-log.ts` and `cash-log.ts` name the columns. */
  readonly orders: RowParts;
  readonly fills: RowParts;
  readonly cash: RowParts;
  /** Equity at every step, thinned for the plot. */
  readonly curve: Required<Curve>;
}
