/** A growing log of fixed-width rows of float64: one array, so that an append is a few stores and a chunk is a copy. */
export class RowLog {
  readonly width: number;
  /** The log itself; replaced when it grows. Only `[0, count * width)` is meaningful. */
  rows: Float64Array;
  /** Offset of the row that `append` just made. */
  start = 0;
  #length = 0;

  constructor(width: number, capacity = 256) {
    this.width = width;
    this.rows = new Float64Array(width * capacity);
  }

  /** Rows written so far. */
  get count(): number {
    return this.#length / this.width;
  }

  /** Makes room for one row; the caller writes `rows[start ...]`. */
  append(): this {
    if (this.#length + this.width > this.rows.length) this.#grow();
    this.start = this.#length;
    this.#length += this.width;
    return this;
  }

  /** A copy of rows `[from, to)`. */
  copy(from: number, to: number): Float64Array {
    return this.rows.slice(from * this.width, to * this.width);
  }

  #grow(): void {
    const larger = new Float64Array(this.rows.length * 2);
    larger.set(this.rows);
    this.rows = larger;
  }
}
