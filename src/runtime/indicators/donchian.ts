import { checkPeriod } from './derive.ts';
import { highest } from './highest.ts';
import { lowest } from './lowest.ts';
import type { Series } from './series.ts';
import { weightedSum } from './weighted-sum.ts';

/** The recent range of prices, and its middle. */
export type Donchian = {
  readonly upper: Series;
  readonly middle: Series;
  readonly lower: Series;
};

/**
 * Donchian channel: `upper = highest(high, period)`, `lower = lowest(low, period)`, `middle` halfway between. The
 * current bar is included, so a close never lies outside: a breakout is a close above `upper.at(1)`.
 * Defined from bar `period - 1` on; an undefined input starts the warm-up anew. Source: TA-Lib DONCHIAN.
 */
export function donchian({ high, low }: { readonly high: Series; readonly low: Series }, period = 20): Donchian {
  checkPeriod('donchian', 'period', period);
  const upper = highest(high, period);
  const lower = lowest(low, period);
  return { upper, middle: weightedSum(0.5, upper, 0.5, lower), lower };
}
