/**
 * A log of fixed-width rows of float64. Rows gather in one array, which `take` hands over as it is: an append is a few
 * stores, and nothing is copied. Rows that are kept lie in shared memory, so that nothing is copied to another thread
 * either; where they are not kept, their memory is used again.
 */
export class RowLog {
  readonly width: number;
  /** The rows since the last `take`; replaced when it grows, and by `take`. */
  rows: Float64Array;
  /** What was taken, in order, where it is kept. */
  readonly taken: Float64Array[] = [];
  readonly #keeps: boolean;
  #length = 0;

  constructor(width: number, keeps: boolean, capacity = 64) {
    this.width = width;
    this.#keeps = keeps;
    this.rows = this.#allocate(width * capacity);
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
    const rows = this.rows.subarray(0, this.#length);
    if (rows.length === 0) return rows;
    this.#length = 0;
    if (!this.#keeps) return rows;
    this.taken.push(rows);
    // The next ones will be about as many.
    this.rows = this.#allocate(rows.length + (rows.length >> 3));
    return rows;
  }

  #grow(): void {
    const larger = this.#allocate(Math.max(2 * this.rows.length, this.width));
    larger.set(this.rows);
    this.rows = larger;
  }

  #allocate(length: number): Float64Array {
    if (!this.#keeps) return new Float64Array(length);
    return new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));
  }
}
