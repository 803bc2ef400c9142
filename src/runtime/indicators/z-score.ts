import { checkPeriod } from './derive.ts';
import type { Series } from './series.ts';
import { standardScore } from './stddev.ts';

/**
 * How unusual the current value is: `(value - sma(source, period)) / stddev(source, period)`, 0 where nothing moves.
 * Defined from bar `period - 1` on; an undefined input starts the warm-up anew.
 */
export function zScore(source: Series, period: number): Series {
  checkPeriod('zScore', 'period', period);
  return standardScore(source, period);
}
