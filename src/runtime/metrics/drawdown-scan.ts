import type { Drawdown } from '../engine/record.ts';

/**
 * Finds the deepest fall from a peak in a curve that arrives in pieces.
 * Divides only when a fall gets deeper: `floor` is the equity below which that is so.
 */
export class DrawdownScan {
  #peak: number;
  #peakTime: number;
  #floor: number;
  #deepest: Drawdown;

  constructor(equity: number, time: number) {
    this.#peak = equity;
    this.#floor = equity;
    this.#peakTime = time;
    this.#deepest = { depth: 0, peakTime: time, troughTime: time, recoveryTime: null };
  }

  get deepest(): Drawdown {
    return this.#deepest;
  }

  /** Adds the first `count` entries. */
  add(times: Float64Array, equity: Float64Array, count: number): void {
    for (let i = 0; i < count; i++) {
      const value = equity[i]!;
      if (value >= this.#peak) this.#rise(value, times[i]!);
      else if (value < this.#floor) this.#fall(value, times[i]!);
    }
  }

  #rise(value: number, time: number): void {
    if (this.#deepest.recoveryTime === null && this.#deepest.depth > 0) {
      this.#deepest = { ...this.#deepest, recoveryTime: time };
    }
    this.#peak = value;
    this.#peakTime = time;
    this.#floor = value * (1 - this.#deepest.depth);
  }

  #fall(value: number, time: number): void {
    const depth = (this.#peak - value) / this.#peak;
    this.#floor = value;
    this.#deepest = { depth, peakTime: this.#peakTime, troughTime: time, recoveryTime: null };
  }
}
