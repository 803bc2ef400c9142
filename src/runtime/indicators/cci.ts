import { checkPeriod, derive } from './derive.ts';
import type { Kernel } from './graph.ts';
import type { HighLowClose } from './high-low-close.ts';
import type { Series } from './series.ts';

/**
 * Commodity channel index: how far the typical price `(high + low + close) / 3` lies from its mean over `period` bars,
 * divided by 0.015 times the mean distance of these bars from that mean; 0 where nothing moves.
 * Defined from bar `period - 1` on; an undefined input starts the warm-up anew. Source: Lambert 1980, TA-Lib CCI.
 */
export function cci({ high, low, close }: HighLowClose, period = 20): Series {
  checkPeriod('cci', 'period', period);
  return derive(Cci, [close, high, low], 0, period);
}

/** The mean distance has no running form: a bar costs in proportion to the period. */
class Cci implements Kernel {
  readonly #inputs: readonly Series[];
  readonly #output: Series;
  readonly #period: number;
  /** The last `period` typical prices, in a ring. */
  readonly #window: Float64Array;
  #count = 0;

  constructor(inputs: readonly Series[], output: Series, period: number) {
    this.#inputs = inputs;
    this.#output = output;
    this.#period = period;
    this.#window = new Float64Array(Math.min(period, output.clock.bars.length));
  }

  run(from: number, to: number): void {
    const [{ cells: closes, mask: closeMask }, { cells: highs, mask: highMask }, { cells: lows, mask: lowMask }] = this
      .#inputs as [Series, Series, Series];
    const { cells: out, mask: outMask } = this.#output;
    for (let i = from; i < to; i++) {
      const price = (highs[i & highMask]! + lows[i & lowMask]! + closes[i & closeMask]!) / 3;
      out[i & outMask] = Number.isFinite(price) ? this.#take(price) : Number.NaN;
      if (!Number.isFinite(price)) this.#count = 0;
    }
  }

  #take(price: number): number {
    this.#window[this.#count % this.#period] = price;
    this.#count++;
    return this.#count < this.#period ? Number.NaN : channelIndex(this.#window, price);
  }
}

/** Sums of differences from the newest price, so that prices standing still give 0 and not the rounding of a mean. */
function channelIndex(window: Float64Array, price: number): number {
  const length = window.length;
  let sum = 0;
  for (let k = 0; k < length; k++) sum += window[k]! - price;
  const mean = sum / length;
  let distance = 0;
  for (let k = 0; k < length; k++) distance += Math.abs(window[k]! - price - mean);
  return distance === 0 ? 0 : -sum / (0.015 * distance);
}
