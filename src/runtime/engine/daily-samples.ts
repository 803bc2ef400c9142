import type { Timeline } from './timeline.ts';

/** Equity at the first step of a run and at the last step of each session: what statistics of returns are made from. */
export class DailySamples {
  #times: number[] = [];
  #values: number[] = [];
  #session = Number.NaN;
  #firstStep = Number.MAX_SAFE_INTEGER;
  #firstTime = Number.NaN;
  #firstEquity = Number.NaN;
  #lastTime = Number.NaN;
  #lastEquity = Number.NaN;

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
    return { times: Float64Array.from(this.#times), values: Float64Array.from(this.#values) };
  }

  /** Keeps a session's last step. */
  keep(step: number, time: number, equity: number): void {
    if (step < this.#firstStep) return;
    if (this.#times.length === 0 && step > this.#firstStep) this.#push(this.#firstTime, this.#firstEquity);
    this.#push(time, equity);
  }

  #push(time: number, equity: number): void {
    this.#times.push(time);
    this.#values.push(equity);
  }
}
