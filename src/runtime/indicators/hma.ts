import { checkPeriod } from './derive.ts';
import type { Series } from './series.ts';
import { weightedSum } from './weighted-sum.ts';
import { wma } from './wma.ts';

/**
 * Hull moving average: `wma(2 * wma(source, period / 2) - wma(source, period), sqrt(period))`, both lengths rounded
 * down. Defined from bar `period + floor(sqrt(period)) - 2` on; an undefined input starts the warm-up anew.
 * Source: Hull 2005, TA-Lib HMA.
 */
export function hma(source: Series, period: number): Series {
  checkPeriod('hma', 'period', period, 2);
  const half = wma(source, Math.floor(period / 2));
  return wma(weightedSum(2, half, -1, wma(source, period)), Math.floor(Math.sqrt(period)));
}
