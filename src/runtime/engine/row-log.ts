/**
 * A log of fixed-width rows of float64. Rows gather in one array that is used again after each `take`, so that an
 * append is a few stores into warm memory and nothing is copied twice.
 */
export class RowLog {
  readonly width: number;
  /** The rows since the last `take`; replaced when it grows. */
  rows: Float64Array;
  /** What was taken, in order. */
  readonly taken: Float64Array[] = [];
  #length = 0;

  constructor(width: number, capacity = 256) {
    this.width = width;
    this.rows = new Float64Array(width * capacity);
  }

  /** Makes room for one row; returns its offset in `rows`. */
  append(): number {
    const start = this.#length;
    if (start + this.width > this.rows.length) this.#grow();
    this.#length = start + this.width;
    return start;
  }

  /** A copy of the rows since the last call. */
  take(): Float64Array {
    const rows = this.rows.slice(0, this.#length);
    this.#length = 0;
    if (rows.length > 0) this.taken.push(rows);
    return rows;
  }

  #grow(): void {
    const larger = new Float64Array(this.rows.length * 2);
    larger.set(this.rows);
    this.rows = larger;
  }
}
