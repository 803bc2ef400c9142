import type { Samples } from './samples.ts';
import type { Timeline } from './timeline.ts';

/** Samples taken from a curve of equity, block by block. */
export class DailySamples implements Samples {
  readonly #times: number[] = [];
  readonly #values: number[] = [];
  #session = Number.NaN;
  #firstStep = Number.MAX_SAFE_INTEGER;
  #firstTime = Number.NaN;
  #firstEquity = Number.NaN;
  #lastTime = Number.NaN;
  #lastEquity = Number.NaN;

  start(step: number, time: number, equity: number): void {
    this.#firstStep = step;
    this.#firstTime = time;
    this.#firstEquity = equity;
  }

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
      if (step === from) this.#keep(step - 1, this.#lastTime, this.#lastEquity);
      else this.#keep(step - 1, timeline.timeAt(step - 1), equity[offset + step - 1 - from]!);
    }
    this.#lastTime = timeline.timeAt(to - 1);
    this.#lastEquity = equity[offset + to - 1 - from]!;
  }

  finish(steps: number): { readonly times: Float64Array; readonly values: Float64Array } {
    this.#keep(steps - 1, this.#lastTime, this.#lastEquity);
    return { times: Float64Array.from(this.#times), values: Float64Array.from(this.#values) };
  }

  #keep(step: number, time: number, equity: number): void {
    if (step < this.#firstStep) return;
    if (this.#times.length === 0 && step > this.#firstStep) this.#push(this.#firstTime, this.#firstEquity);
    this.#push(time, equity);
  }

  #push(time: number, equity: number): void {
    this.#times.push(time);
    this.#values.push(equity);
  }
}
