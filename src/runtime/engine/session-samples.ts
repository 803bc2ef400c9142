/**
 * Samples of a run on one feed, taken from its position rather than from a curve. Only values are stored: the times are
 * those at which the feed's sessions end, and mostly a view of them.
 */
import type { Samples } from './samples.ts';
import type { SessionEnds } from './session-ends.ts';

export class SessionSamples implements Samples {
  startTime = Number.NaN;
  endTime = Number.NaN;
  endEquity = Number.NaN;
  readonly #ends: SessionEnds;
  /** A sample per session from `#first` on. */
  readonly #values: Float64Array;
  #firstStep = -1;
  #firstEquity = Number.NaN;
  #first = 0;
  /** The next session end to sample. */
  #next = Number.MAX_SAFE_INTEGER;

  constructor(ends: SessionEnds) {
    this.#ends = ends;
    this.#values = new Float64Array(ends.steps.length);
  }

  start(step: number, time: number, equity: number): void {
    this.#firstStep = step;
    this.startTime = time;
    this.#firstEquity = equity;
    this.#first = this.#ends.before(step);
    this.#next = this.#first;
  }

  /** Takes the sessions that end before step `to`; equity there is `cash + factor * close`. */
  take(to: number, cash: number, factor: number, close: Float64Array): void {
    const { steps } = this.#ends;
    const values = this.#values;
    const first = this.#first;
    let next = this.#next;
    for (; next < steps.length && steps[next]! < to; next++) {
      values[next - first] = factor === 0 ? cash : cash + factor * close[steps[next]!]!;
    }
    this.#next = next;
  }

  /** Notes the last step so far. */
  reach(time: number, equity: number): void {
    this.endTime = time;
    this.endEquity = equity;
  }

  finish(steps: number): { readonly times: Float64Array; readonly values: Float64Array } {
    if (this.#firstStep < 0) {
      this.startTime = this.endTime;
      return { times: new Float64Array(0), values: new Float64Array(0) };
    }
    const times = this.#ends.times.subarray(this.#first, this.#next);
    const values = this.#values.subarray(0, this.#next - this.#first);
    const lead = this.#ends.steps[this.#first] === this.#firstStep ? [] : [[this.startTime, this.#firstEquity]];
    const isEnd = this.#next > this.#first && this.#ends.steps[this.#next - 1] === steps - 1;
    const tail = isEnd || steps - 1 === this.#firstStep ? [] : [[this.endTime, this.endEquity]];
    if (lead.length + tail.length === 0) return { times, values };
    const around = (column: Float64Array, part: 0 | 1): Float64Array =>
      Float64Array.from([...lead.map(each => each[part]!), ...column, ...tail.map(each => each[part]!)]);
    return { times: around(times, 0), values: around(values, 1) };
  }
}
