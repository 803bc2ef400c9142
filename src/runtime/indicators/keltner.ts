import { atr } from './atr.ts';
import { bandAround } from './band.ts';
import { definedWith } from './defined-with.ts';
import { checkAboveZero, checkPeriod } from './derive.ts';
import { ema } from './ema.ts';
import type { HighLowClose } from './high-low-close.ts';
import type { Series } from './series.ts';

/** A moving average and a band around it. */
export type Keltner = {
  readonly middle: Series;
  readonly upper: Series;
  readonly lower: Series;
};

/**
 * Keltner channel: `middle = ema(close, period)`; `upper` and `lower` lie `ranges` times `atr(feed, atrPeriod)` above
 * and below it.
 * All three are defined from bar `max(period - 1, atrPeriod)` on; an undefined input starts the warm-up anew.
 * Source: Keltner 1960 in Raschke's form.
 */
export function keltner(feed: HighLowClose, period = 20, ranges = 2, atrPeriod = 10): Keltner {
  checkPeriod('keltner', 'period', period);
  checkAboveZero('keltner', 'ranges', ranges);
  checkPeriod('keltner', 'atrPeriod', atrPeriod);
  const average = ema(feed.close, period);
  const range = atr(feed, atrPeriod);
  return { middle: definedWith(average, range), ...bandAround(average, range, ranges) };
}
