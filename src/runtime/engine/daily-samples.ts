import type { Timeline } from './timeline.ts';

/** Equity at the first step of a run and at the last step of each session: what statistics of returns are made from. */
export class DailySamples {
  #times: Float64Array;
  #values: Float64Array;
  #count = 0;
  #session = Number.NaN;
  #firstStep = Number.MAX_SAFE_INTEGER;
  #firstTime = Number.NaN;
  #firstEquity = Number.NaN;
  #lastTime = Number.NaN;
  #lastEquity = Number.NaN;

  /** `capacity`: how many samples to make room for at once. */
  constructor(capacity: number) {
    this.#times = new Float64Array(capacity);
    this.#values = new Float64Array(capacity);
  }

  /** Sampling begins at `step`. */
  start(step: number, time: number, equity: number): void {
    this.#firstStep = step;
    this.#firstTime = time;
    this.#firstEquity = equity;
  }

  /** Time of the first step, or of the last where the run never started. */
  get startTime(): number {
    return Number.isNaN(this.#firstTime) ? this.#lastTime : this.#firstTime;
  }

  get endTime(): number {
    return this.#lastTime;
  }

  get endEquity(): number {
    return this.#lastEquity;
  }

  /** Takes the steps of the timeline's block; `equity[offset + i]` belongs to the i-th. */
  take(timeline: Timeline, equity: Float64Array, offset: number): void {
    const { from, to } = timeline;
    for (let step = from; step < to; step = timeline.sessionEnd(step)) {
      const session = timeline.sessionAt(step);
      if (session === this.#session) continue;
      this.#session = session;
      if (step === from) this.keep(step - 1, this.#lastTime, this.#lastEquity);
      else this.keep(step - 1, timeline.timeAt(step - 1), equity[offset + step - 1 - from]!);
    }
    this.reach(timeline.timeAt(to - 1), equity[offset + to - 1 - from]!);
  }

  /** Notes the last step so far. */
  reach(time: number, equity: number): void {
    this.#lastTime = time;
    this.#lastEquity = equity;
  }

  /** Keeps the sample of the run's last step, and returns all. */
  finish(steps: number): { readonly times: Float64Array; readonly values: Float64Array } {
    this.keep(steps - 1, this.#lastTime, this.#lastEquity);
    return { times: this.#times.subarray(0, this.#count), values: this.#values.subarray(0, this.#count) };
  }

  /** Keeps a session's last step. */
  keep(step: number, time: number, equity: number): void {
    if (step < this.#firstStep) return;
    if (this.#count === 0 && step > this.#firstStep) this.#push(this.#firstTime, this.#firstEquity);
    this.#push(time, equity);
  }

  #push(time: number, equity: number): void {
    if (this.#count === this.#times.length) this.#grow();
    this.#times[this.#count] = time;
    this.#values[this.#count] = equity;
    this.#count++;
  }

  #grow(): void {
    this.#times = enlarged(this.#times);
    this.#values = enlarged(this.#values);
  }
}

function enlarged(column: Float64Array): Float64Array {
  const larger = new Float64Array(2 * column.length);
  larger.set(column);
  return larger;
}
