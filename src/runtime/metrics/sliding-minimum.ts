/**
 * The smallest value of a window whose both ends only move forward.
 * Keeps what may still become the smallest: a later value that is as small hides all before it. So each value is
 * pushed and dropped once, whatever the window's length.
 */
export class SlidingMinimum {
  readonly #positions: number[] = [];
  readonly #values: number[] = [];
  #head = 0;
  #tail = 0;

  /** Positions do not decrease. */
  push(position: number, value: number): void {
    while (this.#tail > this.#head && this.#values[this.#tail - 1]! >= value) this.#tail--;
    this.#positions[this.#tail] = position;
    this.#values[this.#tail++] = value;
  }

  /** The smallest value at `from` or later, infinite if there is none. `from` does not decrease between calls. */
  since(from: number): number {
    while (this.#head < this.#tail && this.#positions[this.#head]! < from) this.#head++;
    return this.#head < this.#tail ? this.#values[this.#head]! : Number.POSITIVE_INFINITY;
  }

  /** Multiplies all values by a factor above zero. */
  scale(factor: number): void {
    for (let at = this.#head; at < this.#tail; at++) this.#values[at]! *= factor;
  }

  clear(): void {
    this.#head = 0;
    this.#tail = 0;
  }
}
