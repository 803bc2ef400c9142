import { definedWith } from './defined-with.ts';
import { delayed } from './delayed.ts';
import { checkPeriod } from './derive.ts';
import { donchian } from './donchian.ts';
import type { Series } from './series.ts';
import { weightedSum } from './weighted-sum.ts';

/** Two lines, and the two edges of the cloud as a chart shows them at the current bar. */
export type Ichimoku = {
  readonly conversion: Series;
  readonly base: Series;
  readonly spanA: Series;
  readonly spanB: Series;
};

/**
 * Ichimoku cloud: lines halfway between the highest high and the lowest low, `conversion` of the last 9 bars, `base` of
 * the last 26. A chart draws the cloud ahead: `spanA.at(0)` and `spanB.at(0)` are what it shows at the current bar, and
 * were known `displacement` bars before: then, `spanA` was halfway between `conversion` and `base`, and `spanB` the
 * middle of the last `span` bars. Charts that count the current bar draw it 25 ahead for 26. The lagging line is the
 * close, drawn back: compare `close.at(0)` with what was `displacement` bars ago.
 * All four are defined from bar `max(conversion, base, span) + displacement - 1` on; an undefined input starts the
 * warm-up anew. Source: Hosoda 1969.
 */
export function ichimoku(
  feed: { readonly high: Series; readonly low: Series },
  conversion = 9,
  base = 26,
  span = 52,
  displacement = 26,
): Ichimoku {
  checkPeriod('ichimoku', 'conversion', conversion);
  checkPeriod('ichimoku', 'base', base);
  checkPeriod('ichimoku', 'span', span);
  checkPeriod('ichimoku', 'displacement', displacement, 0);
  const fast = donchian(feed, conversion).middle;
  const slow = donchian(feed, base).middle;
  const edgeA = weightedSum(0.5, fast, 0.5, slow);
  const edgeB = donchian(feed, span).middle;
  // Either edge may be the last to be defined.
  const spanA = delayed(definedWith(edgeA, edgeB), displacement);
  const spanB = delayed(definedWith(edgeB, edgeA), displacement);
  return { conversion: definedWith(fast, spanA), base: definedWith(slow, spanA), spanA, spanB };
}
