import type { Curve } from './curve.ts';

/**
 * Keeps a curve of unknown length small enough to draw: at most `capacity` samples, each for equally many steps.
 * When it is full, neighbours are merged in pairs and a sample stands for twice as many steps from then on.
 */
export class CurveThinner {
  readonly #times: Float64Array;
  readonly #values: Float64Array;
  readonly #low: Float64Array;
  readonly #high: Float64Array;
  #samples = 0;
  #stepsPerSample = 1;
  /** Steps in the last sample. */
  #steps = 0;

  /** `capacity` is even. */
  constructor(capacity = 2048) {
    this.#times = new Float64Array(capacity);
    this.#values = new Float64Array(capacity);
    this.#low = new Float64Array(capacity);
    this.#high = new Float64Array(capacity);
  }

  add(times: Float64Array, values: Float64Array): void {
    for (let i = 0; i < values.length; i++) this.#addStep(times[i]!, values[i]!);
  }

  get curve(): Required<Curve> {
    const filled = (column: Float64Array) => column.slice(0, this.#samples);
    return {
      times: filled(this.#times),
      values: filled(this.#values),
      low: filled(this.#low),
      high: filled(this.#high),
    };
  }

  #addStep(time: number, value: number): void {
    if (this.#steps === 0 || this.#steps === this.#stepsPerSample) this.#openSample(value);
    const last = this.#samples - 1;
    this.#times[last] = time;
    this.#values[last] = value;
    if (value < this.#low[last]!) this.#low[last] = value;
    if (value > this.#high[last]!) this.#high[last] = value;
    this.#steps++;
  }

  #openSample(value: number): void {
    if (this.#samples === this.#values.length) this.#mergePairs();
    this.#low[this.#samples] = value;
    this.#high[this.#samples] = value;
    this.#samples++;
    this.#steps = 0;
  }

  #mergePairs(): void {
    this.#samples /= 2;
    for (let i = 0; i < this.#samples; i++) {
      this.#times[i] = this.#times[2 * i + 1]!;
      this.#values[i] = this.#values[2 * i + 1]!;
      this.#low[i] = Math.min(this.#low[2 * i]!, this.#low[2 * i + 1]!);
      this.#high[i] = Math.max(this.#high[2 * i]!, this.#high[2 * i + 1]!);
    }
    this.#stepsPerSample *= 2;
  }
}
