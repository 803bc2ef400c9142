import { checkPeriod, derive } from './derive.ts';
import type { Kernel } from './graph.ts';
import type { HighLowClose } from './high-low-close.ts';
import type { Series } from './series.ts';

/**
 * Average true range, in price units: the range of each bar, widened to the close before, in Wilder's smoothing,
 * seeded with the simple mean of the first `period` true ranges. The first bar has no close before and is left out.
 * Defined from bar `period` on; an undefined input starts the warm-up anew. Source: Wilder 1978, TA-Lib ATR.
 */
export function atr({ high, low, close }: HighLowClose, period: number): Series {
  checkPeriod('atr', 'period', period);
  return derive(Atr, [close, high, low], 0, period);
}

class Atr implements Kernel {
  readonly #inputs: readonly Series[];
  readonly #output: Series;
  readonly #period: number;
  #previousClose = Number.NaN;
  /** The sum of the true ranges so far during the warm-up, then the mean. */
  #mean = Number.NaN;
  #count = 0;

  constructor(inputs: readonly Series[], output: Series, period: number) {
    this.#inputs = inputs;
    this.#output = output;
    this.#period = period;
  }

  run(from: number, to: number): void {
    const [{ values: closes, mask: closeMask }, { values: highs, mask: highMask }, { values: lows, mask: lowMask }] =
      this.#inputs as [Series, Series, Series];
    const { values: out, mask: outMask } = this.#output;
    const period = this.#period;
    let previousClose = this.#previousClose;
    let mean = this.#mean;
    let count = this.#count;
    for (let i = from; i < to; i++) {
      const close = closes[i & closeMask]!;
      const high = highs[i & highMask]!;
      const low = lows[i & lowMask]!;
      const range = Math.max(high, previousClose) - Math.min(low, previousClose);
      if (!Number.isFinite(close + high + low)) count = 0;
      else if (count > period) mean += (range - mean) / period;
      else {
        mean = count === 0 ? 0 : mean + range;
        if (count++ === period) mean /= period;
      }
      previousClose = close;
      out[i & outMask] = count > period ? mean : Number.NaN;
    }
    this.#previousClose = previousClose;
    this.#mean = mean;
    this.#count = count;
  }
}
