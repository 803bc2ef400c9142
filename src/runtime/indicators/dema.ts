import { checkPeriod } from './derive.ts';
import { ema } from './ema.ts';
import type { Series } from './series.ts';
import { weightedSum } from './weighted-sum.ts';

/**
 * Double exponential moving average, which lags less than the EMA: `2 * e1 - e2`, where `e1 = ema(source, period)` and
 * `e2 = ema(e1, period)`. Defined from bar `2 * (period - 1)` on; an undefined input starts the warm-up anew.
 * Source: Mulloy 1994, TA-Lib DEMA.
 */
export function dema(source: Series, period: number): Series {
  checkPeriod('dema', 'period', period);
  const first = ema(source, period);
  return weightedSum(2, first, -1, ema(first, period));
}
