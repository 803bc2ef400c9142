import { bandAround } from './band.ts';
import { checkAboveZero, checkPeriod } from './derive.ts';
import type { Series } from './series.ts';
import { sma } from './sma.ts';
import { stddev } from './stddev.ts';

/** A moving average and a band around it. */
export type Bollinger = {
  readonly middle: Series;
  readonly upper: Series;
  readonly lower: Series;
};

/**
 * Bollinger bands: `sma(source, period)`, and `deviations` population standard deviations above and below it.
 * Defined from bar `period - 1` on; an undefined input starts the warm-up anew. Source: TA-Lib BBANDS.
 */
export function bollinger(source: Series, period = 20, deviations = 2): Bollinger {
  checkPeriod('bollinger', 'period', period);
  checkAboveZero('bollinger', 'deviations', deviations);
  const middle = sma(source, period);
  return { middle, ...bandAround(middle, stddev(source, period), deviations) };
}
