import { checkPeriod } from './derive.ts';
import { highest } from './highest.ts';
import { lowest } from './lowest.ts';
import { placeInRange } from './place-in-range.ts';
import { rsi } from './rsi.ts';
import type { Series } from './series.ts';
import { type Stochastic, smoothed } from './stochastic.ts';

/** When prices stand still the RSI does too, up to its last bits; that is no range. Points of RSI. */
const EMPTY_RANGE = 1e-9;

/**
 * Stochastic RSI: where `rsi(source, period)` stands in its range of the last `k` bars, 0 to 100, 0 where that range is
 * empty; `k` is its simple average over `smooth` bars, `d` the average of `k` over `d` bars.
 * Both are defined from bar `period + k + smooth + d - 3` on; an undefined input starts the warm-up anew.
 * Source: Chande and Kroll 1994; with `smooth` 1 it is TA-Lib STOCHRSI.
 */
export function stochasticRsi(source: Series, period = 14, k = 14, smooth = 3, d = 3): Stochastic {
  checkPeriod('stochasticRsi', 'period', period);
  checkPeriod('stochasticRsi', 'k', k);
  checkPeriod('stochasticRsi', 'smooth', smooth);
  checkPeriod('stochasticRsi', 'd', d);
  const strength = rsi(source, period);
  const range = { high: highest(strength, k), low: lowest(strength, k), origin: 'low' } as const;
  return smoothed(placeInRange(strength, range, EMPTY_RANGE), smooth, d);
}
