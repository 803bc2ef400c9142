import { checkAboveZero, derive } from './derive.ts';
import type { Kernel } from './graph.ts';
import type { Series } from './series.ts';

/**
 * Parabolic stop and reverse: a stop that moves towards the extreme price of the trend by a share of the distance, which
 * starts at `acceleration` and grows by it with every new extreme, up to `maximum`. It never lies inside the range of the
 * last two bars; a bar that touches it turns the trend, and the stop starts at the extreme. The first trend is down if
 * the second bar's low falls by more than its high rises. Defined from bar 1 on; an undefined input starts anew.
 * Source: Wilder 1978, TA-Lib SAR.
 */
export function parabolicSar(
  { high, low }: { readonly high: Series; readonly low: Series },
  acceleration = 0.02,
  maximum = 0.2,
): Series {
  checkAboveZero('parabolicSar', 'acceleration', acceleration);
  checkAboveZero('parabolicSar', 'maximum', maximum);
  const start = Math.min(acceleration, maximum);
  return derive([high, low], 0, (inputs, output) => new ParabolicSar(inputs, output, start, maximum));
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
    const [{ values: highs, mask: highMask }, { values: lows, mask: lowMask }] = this.#inputs as [Series, Series];
    const { values: out, mask: outMask } = this.#output;
    for (let i = from; i < to; i++) {
      const high = highs[i & highMask]!;
      const low = lows[i & lowMask]!;
      if (Number.isNaN(this.#stop)) this.#start(high, low);
      out[i & outMask] = this.#advance(high, low);
      this.#previousHigh = high;
      this.#previousLow = low;
    }
  }
}
