/**
 * A log of fixed-width rows of float64. Rows gather in one array, which `take` hands over as it is: an append is a few
 * stores, and nothing is copied.
 */
export class RowLog {
  readonly width: number;
  /** The rows since the last `take`; replaced when it grows, and by `take`. */
  rows: Float64Array;
  /** What was taken, in order, where it is kept. */
  readonly taken: Float64Array[] = [];
  /** How many rows were taken. */
  count = 0;
  readonly #keeps: boolean;
  #length = 0;

  constructor(width: number, keeps: boolean, capacity = 64) {
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

  /** The rows since the last call. The next ones are expected to be about as many. */
  take(): Float64Array {
    const rows = this.rows.subarray(0, this.#length);
    if (rows.length === 0) return rows;
    this.count += rows.length / this.width;
    if (this.#keeps) this.taken.push(rows);
    this.rows = new Float64Array(rows.length + (rows.length >> 3));
    this.#length = 0;
    return rows;
  }

  #grow(): void {
    const larger = new Float64Array(Math.max(2 * this.rows.length, this.width));
    larger.set(this.rows);
    this.rows = larger;
  }
}
