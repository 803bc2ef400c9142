import { definedWith } from './defined-with.ts';
import { checkPeriod, derive } from './derive.ts';
import type { Kernel } from './graph.ts';
import type { HighLowClose } from './high-low-close.ts';
import { highest } from './highest.ts';
import { lowest } from './lowest.ts';
import type { Series } from './series.ts';
import { sma } from './sma.ts';

/** Where the close stands in the recent range, 0 to 100, and its average. */
export type Stochastic = {
  readonly k: Series;
  readonly d: Series;
};

/**
 * Stochastic oscillator: `100 * (close - lowest(low, k)) / (highest(high, k) - lowest(low, k))`, 0 where that range is
 * empty; `k` is its simple average over `smooth` bars, `d` the average of `k` over `d` bars.
 * Both are defined from bar `k + smooth + d - 3` on; an undefined input starts the warm-up anew. Source: TA-Lib STOCH.
 */
export function stochastic({ high, low, close }: HighLowClose, k = 14, smooth = 3, d = 3): Stochastic {
  checkPeriod('stochastic', 'k', k);
  checkPeriod('stochastic', 'smooth', smooth);
  checkPeriod('stochastic', 'd', d);
  const raw = derive(
    [close, highest(high, k), lowest(low, k)],
    0,
    (inputs, output) => new PlaceInRange(inputs, output),
  );
  const average = sma(raw, smooth);
  const slow = sma(average, d);
  return { k: definedWith(average, slow), d: slow };
}

class PlaceInRange implements Kernel {
  readonly #close: Series;
  readonly #high: Series;
  readonly #low: Series;
  readonly #output: Series;

  constructor(inputs: readonly Series[], output: Series) {
    [this.#close, this.#high, this.#low] = inputs as [Series, Series, Series];
    this.#output = output;
  }

  run(from: number, to: number): void {
    const { values: closes, mask: closeMask } = this.#close;
    const { values: highs, mask: highMask } = this.#high;
    const { values: lows, mask: lowMask } = this.#low;
    const { values: out, mask: outMask } = this.#output;
    for (let i = from; i < to; i++) {
      const low = lows[i & lowMask]!;
      const onePercent = (highs[i & highMask]! - low) / 100;
      out[i & outMask] = onePercent === 0 ? 0 : (closes[i & closeMask]! - low) / onePercent;
    }
  }
}
