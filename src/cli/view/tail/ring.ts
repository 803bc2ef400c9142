/** The last entries of something that never ends: a new one takes the place of the oldest. */
export class Ring<T> {
  readonly #entries: T[] = [];
  readonly #capacity: number;
  /** Of all that ever came. */
  count = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  push(entry: T): void {
    this.#entries[this.count % this.#capacity] = entry;
    this.count++;
  }

  /** At most so many, the newest first. */
  latest(count: number): readonly T[] {
    const kept = Math.min(count, this.#entries.length);
    return Array.from({ length: kept }, (_, back) => this.#entries[(this.count - 1 - back) % this.#capacity] as T);
  }
}
