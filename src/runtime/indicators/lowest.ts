import { checkPeriod } from './derive.ts';
import { extreme } from './extreme.ts';
import type { Series } from './series.ts';

/**
 * The lowest of the last `period` values, the current one included.
 * Defined from bar `period - 1` on; an undefined input starts the warm-up anew. Source: TA-Lib MIN.
 */
export function lowest(source: Series, period: number): Series {
  checkPeriod('lowest', 'period', period);
  return extreme(source, period, -1);
}
