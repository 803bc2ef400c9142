/** Reads a curve that arrives in pieces at given times: the last value known at each. Times increase. */
export class Sampler {
  readonly #times: Float64Array;
  readonly #values: Float64Array;
  #at = 0;
  #last: number;

  /** `first` is the value before the first entry. */
  constructor(times: Float64Array, first: number) {
    this.#times = times;
    this.#values = new Float64Array(times.length);
    this.#last = first;
  }

  /** Adds the first `count` entries. */
  add(times: Float64Array, values: Float64Array, count: number): void {
    for (let i = 0; i < count; i++) {
      if (times[i]! > this.#times[this.#at]!) this.#sampleBefore(times[i]!);
      this.#last = values[i]!;
    }
  }

  /** The samples; those after the last entry repeat it. */
  finish(): Float64Array {
    this.#values.fill(this.#last, this.#at);
    this.#at = this.#values.length;
    return this.#values;
  }

  #sampleBefore(time: number): void {
    while (this.#times[this.#at]! < time) this.#values[this.#at++] = this.#last;
  }
}
