import type { Curve } from './curve.ts';

/**
 * Keeps a curve of unknown length small enough to draw: at most `capacity` samples, each for equally many steps.
 * When it is full, neighbours are merged in pairs and a sample stands for twice as many steps from then on.
 */
export class CurveThinner {
  readonly #capacity: number;
  readonly #times: number[] = [];
  readonly #values: number[] = [];
  readonly #low: number[] = [];
  readonly #high: number[] = [];
  #stepsPerSample = 1;
  /** Steps in the last sample. */
  #steps = 0;

  /** `capacity` is even. */
  constructor(capacity = 2048) {
    this.#capacity = capacity;
  }

  add(times: Float64Array, values: Float64Array): void {
    for (let i = 0; i < values.length; i++) this.#addStep(times[i]!, values[i]!);
  }

  get curve(): Required<Curve> {
    return {
      times: Float64Array.from(this.#times),
      values: Float64Array.from(this.#values),
      low: Float64Array.from(this.#low),
      high: Float64Array.from(this.#high),
    };
  }

  #addStep(time: number, value: number): void {
    if (this.#steps === 0 || this.#steps === this.#stepsPerSample) this.#openSample(value);
    const last = this.#values.length - 1;
    this.#times[last] = time;
    this.#values[last] = value;
    if (value < this.#low[last]!) this.#low[last] = value;
    if (value > this.#high[last]!) this.#high[last] = value;
    this.#steps++;
  }

  #openSample(value: number): void {
    if (this.#values.length === this.#capacity) this.#mergePairs();
    this.#times.push(0);
    this.#values.push(value);
    this.#low.push(value);
    this.#high.push(value);
    this.#steps = 0;
  }

  #mergePairs(): void {
    const half = this.#capacity / 2;
    for (let i = 0; i < half; i++) {
      this.#times[i] = this.#times[2 * i + 1]!;
      this.#values[i] = this.#values[2 * i + 1]!;
      this.#low[i] = Math.min(this.#low[2 * i]!, this.#low[2 * i + 1]!);
      this.#high[i] = Math.max(this.#high[2 * i]!, this.#high[2 * i + 1]!);
    }
    for (const column of [this.#times, this.#values, this.#low, this.#high]) column.length = half;
    this.#stepsPerSample *= 2;
  }
}
