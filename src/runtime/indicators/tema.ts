import { checkPeriod } from './derive.ts';
import { ema } from './ema.ts';
import type { Series } from './series.ts';
import { weightedSum } from './weighted-sum.ts';

/**
 * Triple exponential moving average: `3 * (e1 - e2) + e3`, where `e1 = ema(source, period)`, `e2 = ema(e1, period)` and
 * `e3 = ema(e2, period)`. Defined from bar `3 * (period - 1)` on; an undefined input starts the warm-up anew.
 * Source: Mulloy 1994, TA-Lib TEMA.
 */
export function tema(source: Series, period: number): Series {
  checkPeriod('tema', 'period', period);
  const first = ema(source, period);
  const second = ema(first, period);
  return weightedSum(3, weightedSum(1, first, -1, second), 1, ema(second, period));
}
