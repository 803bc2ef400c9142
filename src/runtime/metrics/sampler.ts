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
    for (let from = 0; from < count; ) {
      const until = this.#times[this.#at] ?? Number.POSITIVE_INFINITY;
      from = firstAfter(times, until, from, count);
      if (from > 0) this.#last = values[from - 1]!;
      if (from < count) this.#values[this.#at++] = this.#last;
    }
  }

  /** The samples; those after the last entry repeat it. */
  finish(): Float64Array {
    this.#values.fill(this.#last, this.#at);
    this.#at = this.#values.length;
    return this.#values;
  }
}

/** Index of the first of `times[from..to)` that is later than `time`, else `to`. */
function firstAfter(times: Float64Array, time: number, from: number, to: number): number {
  if (to > from && times[to - 1]! <= time) return to;
  let at = from;
  while (at < to && times[at]! <= time) at++;
  return at;
}
