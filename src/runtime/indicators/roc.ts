import { Change } from './change.ts';
import { checkPeriod, derive } from './derive.ts';
import type { Series } from './series.ts';

/**
 * Rate of change in percent over `period` bars: `100 * (value / value[period] - 1)`; 0 where the older value is 0.
 * Defined from bar `period` on; an undefined input starts the warm-up anew. Source: TA-Lib ROC.
 */
export function roc(source: Series, period: number): Series {
  checkPeriod('roc', 'period', period);
  return derive(Change, [source], period, period, true);
}
