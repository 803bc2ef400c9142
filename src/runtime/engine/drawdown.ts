/**
 * The largest fall from a peak, followed step by step without a division: equity is compared with its peak and with the
 * level at which the fall would be larger than the largest so far.
 */
import type { Drawdown } from './record.ts';

export class DrawdownTracker {
  #peak = Number.NEGATIVE_INFINITY;
  #peakTime = Number.NaN;
  /** Below this the fall is a new maximum. */
  #worseBelow = Number.NEGATIVE_INFINITY;
  #depth = Number.NaN;
  #worstPeakTime = Number.NaN;
  #troughTime = Number.NaN;
  #recoveryTime = Number.NaN;
  /** The peak of the largest fall, while equity has not come back to it; else infinity. */
  #recoverAt = Number.POSITIVE_INFINITY;

  constructor() {
    this.#depth = 0;
  }

  /** Takes `count` equities and their times, in order. */
  track(equity: Float64Array, times: Float64Array, offset: number, count: number): void {
    for (let i = offset; i < offset + count; i++) {
      const value = equity[i]!;
      if (value > this.#peak) this.#rise(value, times[i]!);
      else if (value < this.#worseBelow) this.#fall(value, times[i]!);
      else if (value === this.#peak) this.#recover(value, times[i]!);
    }
  }

  #rise(value: number, time: number): void {
    this.#recover(value, time);
    this.#peak = value;
    this.#peakTime = time;
    this.#worseBelow = value * (1 - this.#depth);
  }

  #recover(value: number, time: number): void {
    if (value < this.#recoverAt) return;
    this.#recoveryTime = time;
    this.#recoverAt = Number.POSITIVE_INFINITY;
  }

  #fall(value: number, time: number): void {
    this.#worseBelow = value;
    this.#depth = (this.#peak - value) / this.#peak;
    this.#worstPeakTime = this.#peakTime;
    this.#troughTime = time;
    this.#recoverAt = this.#peak;
    this.#recoveryTime = Number.NaN;
  }

  result(): Drawdown {
    return {
      depth: this.#depth,
      peakTime: this.#worstPeakTime,
      troughTime: this.#troughTime,
      recoveryTime: Number.isNaN(this.#recoveryTime) ? null : this.#recoveryTime,
    };
  }
}
