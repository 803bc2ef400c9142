import { Change } from './change.ts';
import { checkPeriod, derive } from './derive.ts';
import type { Series } from './series.ts';

/**
 * Change over `period` bars, in units of the source: `value - value[period]`.
 * Defined from bar `period` on; an undefined input starts the warm-up anew. Source: TA-Lib MOM.
 */
export function momentum(source: Series, period: number): Series {
  checkPeriod('momentum', 'period', period);
  return derive(Change, [source], period, period, false);
}
