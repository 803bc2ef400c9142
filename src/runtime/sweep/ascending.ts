/** A few numbers kept in ascending order. Meant to be used again and again: a sweep has a million small samples. */
export class Ascending {
  #values = new Float64Array(32);
  count = 0;

  clear(): void {
    this.count = 0;
  }

  add(value: number): void {
    if (this.count === this.#values.length) this.#grow();
    let place = this.count++;
    while (place > 0 && (this.#values[place - 1] ?? 0) > value) {
      this.#values[place] = this.#values[place - 1] ?? 0;
      place--;
    }
    this.#values[place] = value;
  }

  /** NaN of none, as the others. */
  get lowest(): number {
    return this.count === 0 ? Number.NaN : (this.#values[0] ?? 0);
  }

  get median(): number {
    if (this.count === 0) return Number.NaN;
    return ((this.#values[(this.count - 1) >> 1] ?? 0) + (this.#values[this.count >> 1] ?? 0)) / 2;
  }

  get mean(): number {
    let sum = 0;
    for (let i = 0; i < this.count; i++) sum += this.#values[i] ?? 0;
    return sum / this.count;
  }

  #grow(): void {
    const values = new Float64Array(2 * this.#values.length);
    values.set(this.#values);
    this.#values = values;
  }
}
