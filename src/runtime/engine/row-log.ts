import { sharedCopy } from '../base/shared-copy.ts';

/** Whether rows are kept: `shared`, in memory that other threads can read, so that no copy is made for them. */
export type KeepsRows = boolean | 'shared';

/** Not a view of memory that is large: whoever sends a view to another thread sends all that it is a view of. */
const NO_ROWS = new Float64Array(0);

/**
 * A log of fixed-width rows of float64. An append is a few stores; the memory in which rows gather is used again and
 * again. Rows that are kept are copied once, when they are taken.
 */
export class RowLog {
  readonly width: number;
  /** The rows since the last `take`; replaced when it grows. */
  rows: Float64Array;
  /** What was taken, in order, where it is kept. */
  readonly taken: Float64Array[] = [];
  readonly #keeps: KeepsRows;
  #length = 0;

  constructor(width: number, keeps: KeepsRows, capacity = 64) {
    this.width = width;
    this.#keeps = keeps;
    this.rows = new Float64Array(width * capacity);
  }

  /** Makes room for one row; returns its offset in `rows`. */
  append(): number {
    const start = this.#length;
    if (start + this.width > this.rows.length) this.#grow();
    this.#length = start + this.width;
    return start;
  }

  /** The rows since the last call; where they are not kept, until the next append. */
  take(): Float64Array {
    if (this.#length === 0) return NO_ROWS;
    const rows = this.rows.subarray(0, this.#length);
    this.#length = 0;
    if (!this.#keeps) return rows;
    const kept = this.#keeps === 'shared' ? sharedCopy(rows) : rows.slice();
    this.taken.push(kept);
    return kept;
  }

  #grow(): void {
    const larger = new Float64Array(Math.max(2 * this.rows.length, this.width));
    larger.set(this.rows);
    this.rows = larger;
  }
}
