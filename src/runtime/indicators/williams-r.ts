import { checkPeriod } from './derive.ts';
import type { HighLowClose } from './high-low-close.ts';
import { highest } from './highest.ts';
import { lowest } from './lowest.ts';
import { placeInRange } from './place-in-range.ts';
import type { Series } from './series.ts';

/**
 * Williams %R: how far the close lies below the high of the last `period` bars, in percent of their range, -100 to 0:
 * `100 * (close - highest(high, period)) / (highest(high, period) - lowest(low, period))`; 0 where the range is empty.
 * Defined from bar `period - 1` on; an undefined input starts the warm-up anew. Source: Williams 1979, TA-Lib WILLR.
 */
export function williamsR({ high, low, close }: HighLowClose, period = 14): Series {
  checkPeriod('williamsR', 'period', period);
  return placeInRange(close, { high: highest(high, period), low: lowest(low, period), origin: 'high' });
}
