import { checkAboveZero, derive } from './derive.ts';
import type { Kernel } from './graph.ts';
import type { Series } from './series.ts';

/**
 * Parabolic stop and reverse: a stop that moves towards the extreme price of the trend by a share of the distance,
 * which starts at `acceleration` and grows by it with every new extreme, up to `maximum`. It never lies inside the
 * range of the last two bars; a bar that touches it turns the trend, and the stop starts at the extreme. The first
 * trend is down if the second bar's low falls by more than its high rises.
 * Defined from bar 1 on; an undefined input starts the warm-up anew. Source: Wilder 1978, TA-Lib SAR.
 */
export function parabolicSar(
  { high, low }: { readonly high: Series; readonly low: Series },
  acceleration = 0.02,
  maximum = 0.2,
): Series {
  checkAboveZero('parabolicSar', 'acceleration', acceleration);
  checkAboveZero('parabolicSar', 'maximum', maximum);
  const start = Math.min(acceleration, maximum);
  return derive(ParabolicSar, [high, low], 0, start, maximum);
}

/** A falling trend is a rising one in negated prices: `near` is the side of a bar that the stop lies on. */
class ParabolicSar implements Kernel {
  readonly #inputs: readonly Series[];
  readonly #output: Series;
  readonly #acceleration: number;
  readonly #maximum: number;
  #previousHigh = Number.NaN;
  #previousLow = Number.NaN;
  /** 1 in a rising trend, -1 in a falling one. */
  #side = 1;
  /** The stop of the next bar and the trend's extreme price, in prices times `#side`. NaN before the first trend. */
  #stop = Number.NaN;
  #extreme = Number.NaN;
  #share = Number.NaN;

  constructor(inputs: readonly Series[], output: Series, acceleration: number, maximum: number) {
    this.#inputs = inputs;
    this.#output = output;
    this.#acceleration = acceleration;
    this.#maximum = maximum;
  }

  run(from: number, to: number): void {
    const [{ cells: highs, mask: highMask }, { cells: lows, mask: lowMask }] = this.#inputs as [Series, Series];
    const { cells: out, mask: outMask } = this.#output;
    for (let i = from; i < to; i++) {
      const high = highs[i & highMask]!;
      const low = lows[i & lowMask]!;
      if (!Number.isFinite(high + low)) this.#stop = Number.NaN;
      else if (Number.isNaN(this.#stop)) this.#start(high, low);
      out[i & outMask] = Number.isNaN(this.#stop) ? Number.NaN : this.#advance(high, low);
      this.#previousHigh = high;
      this.#previousLow = low;
    }
  }

  /** Begins the first trend, if the bar before is defined; that bar then counts no more. */
  #start(high: number, low: number): void {
    const rise = high - this.#previousHigh;
    const fall = this.#previousLow - low;
    if (!Number.isFinite(rise + fall)) return;
    this.#side = fall > 0 && fall > rise ? -1 : 1;
    this.#stop = this.#side > 0 ? this.#previousLow : -this.#previousHigh;
    this.#extreme = this.#side > 0 ? high : -low;
    this.#share = this.#acceleration;
    this.#previousHigh = high;
    this.#previousLow = low;
  }

  /** The stop of this bar; moves it on for the next. */
  #advance(high: number, low: number): number {
    const isRising = this.#side > 0;
    const near = isRising ? low : -high;
    const far = isRising ? high : -low;
    const previousNear = isRising ? this.#previousLow : -this.#previousHigh;
    const previousFar = isRising ? this.#previousHigh : -this.#previousLow;
    if (near <= this.#stop) {
      this.#side = -this.#side;
      this.#stop = -Math.max(this.#extreme, far);
      return this.#moveOn(-near, this.#acceleration, Math.min(-previousFar, -far));
    }
    if (far <= this.#extreme) return this.#moveOn(this.#extreme, this.#share, Math.min(previousNear, near));
    const share = Math.min(this.#share + this.#acceleration, this.#maximum);
    return this.#moveOn(far, share, Math.min(previousNear, near));
  }

  #moveOn(extreme: number, share: number, limit: number): number {
    const stop = this.#stop;
    this.#extreme = extreme;
    this.#share = share;
    this.#stop = Math.min(stop + share * (extreme - stop), limit);
    return this.#side * stop;
  }
}
