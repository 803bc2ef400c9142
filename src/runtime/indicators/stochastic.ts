import { definedWith } from './defined-with.ts';
import { checkPeriod } from './derive.ts';
import type { HighLowClose } from './high-low-close.ts';
import { highest } from './highest.ts';
import { lowest } from './lowest.ts';
import { placeInRange } from './place-in-range.ts';
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
  const range = { high: highest(high, k), low: lowest(low, k), origin: 'low' } as const;
  return smoothed(placeInRange(close, range), smooth, d);
}

/** A place in a range, averaged once and twice. */
export function smoothed(place: Series, smooth: number, d: number): Stochastic {
  const average = sma(place, smooth);
  const slow = sma(average, d);
  return { k: definedWith(average, slow), d: slow };
}
