/**
 * The largest fall from a peak, followed step by step without a division: equity is compared with its peak and with the
 * level at which the fall would be larger than the largest so far.
 */
import type { Drawdown } from './record.ts';

export class DrawdownTracker {
  #peak = Number.NEGATIVE_INFINITY;
  #depth = Number.NaN;
  /** Below this the fall is a new maximum. */
  #worseBelow = Number.NEGATIVE_INFINITY;
  /** The peak of the largest fall, while equity has not come back to it; else infinity. */
  #recoverAt = Number.POSITIVE_INFINITY;
  // Close times of the steps at which these happened.
  #peakTime = Number.NaN;
  #worstPeakTime = Number.NaN;
  #troughTime = Number.NaN;
  #recoveryTime = Number.NaN;

  constructor() {
    this.#depth = 0;
  }

  /** Takes the equities of `count` steps in order; `timeOf(i)` is the close time of the i-th, epoch milliseconds. */
  track(equity: Float64Array, offset: number, count: number, timeOf: (i: number) => number): void {
    let from = 0;
    while (from < count) {
      const peak = this.#peak;
      const next = nextChange(equity, offset + from, offset + count, peak, this.#worseBelow, this.#recoverAt) - offset;
      if (next === count) return;
      const value = equity[offset + next]!;
      if (value >= this.#recoverAt) this.#recover(timeOf(next));
      if (value > peak) from = this.#climb(equity, offset, next, count, timeOf);
      else if (value < peak) from = this.#sink(equity, offset, next, count, timeOf);
      else from = next + 1;
    }
  }

  /** Takes one equity, however many steps it lasts: that of a flat account. */
  trackOne(value: number, step: number, timeOf: (step: number) => number): void {
    if (value <= this.#peak && value >= this.#worseBelow && value < this.#recoverAt) return;
    this.#take(value, step, timeOf);
  }

  /** Takes the equities `cash + factor * close[step]` of steps `[from, to)`. */
  trackHeld(
    cash: number,
    factor: number,
    close: Float64Array,
    from: number,
    to: number,
    timeOf: (step: number) => number,
  ): void {
    for (let step = from; step < to; step++) {
      step = nextHeldChange(cash, factor, close, step, to, this.#peak, this.#worseBelow);
      if (step < to) this.#take(cash + factor * close[step]!, step, timeOf);
    }
  }

  #take(value: number, step: number, timeOf: (step: number) => number): void {
    if (value >= this.#recoverAt) this.#recover(timeOf(step));
    if (value > this.#peak) this.#riseTo(value, timeOf(step));
    else if (value < this.#peak && value < this.#worseBelow) this.#sinkTo(value, timeOf(step));
  }

  /** Follows a rise from `at` to its top; returns the step after it. */
  #climb(equity: Float64Array, offset: number, at: number, count: number, timeOf: (i: number) => number): number {
    let top = at;
    while (top + 1 < count && equity[offset + top + 1]! > equity[offset + top]!) top++;
    this.#riseTo(equity[offset + top]!, timeOf(top));
    return top + 1;
  }

  #riseTo(value: number, time: number): void {
    this.#peak = value;
    this.#peakTime = time;
    this.#worseBelow = value * (1 - this.#depth);
  }

  /** Follows a new largest fall from `at` to its bottom; returns the step after it. */
  #sink(equity: Float64Array, offset: number, at: number, count: number, timeOf: (i: number) => number): number {
    let bottom = at;
    while (bottom + 1 < count && equity[offset + bottom + 1]! < equity[offset + bottom]!) bottom++;
    this.#sinkTo(equity[offset + bottom]!, timeOf(bottom));
    return bottom + 1;
  }

  #sinkTo(value: number, time: number): void {
    this.#worseBelow = value;
    this.#depth = (this.#peak - value) / this.#peak;
    this.#worstPeakTime = this.#peakTime;
    this.#troughTime = time;
    this.#recoverAt = this.#peak;
    this.#recoveryTime = Number.NaN;
  }

  #recover(time: number): void {
    this.#recoveryTime = time;
    this.#recoverAt = Number.POSITIVE_INFINITY;
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

/** Index of the first value above `high`, below `low` or equal to `back`, in `[from, to)`; `to` if there is none. */
function nextChange(values: Float64Array, from: number, to: number, high: number, low: number, back: number): number {
  let i = from;
  // A level to come back to is the peak itself, so one comparison does for both.
  if (back === high) while (i < to && values[i]! < high && values[i]! >= low) i++;
  else while (i < to && values[i]! <= high && values[i]! >= low) i++;
  return i;
}

/**
 * As `nextChange`, over equities that are not stored. Also stops where equity is at its peak: it may have come back.
 */
function nextHeldChange(
  cash: number,
  factor: number,
  close: Float64Array,
  from: number,
  to: number,
  high: number,
  low: number,
): number {
  for (let i = from; i < to; i++) {
    const value = cash + factor * close[i]!;
    if (value >= high || value < low) return i;
  }
  return to;
}
