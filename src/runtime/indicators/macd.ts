import { definedWith } from './defined-with.ts';
import { checkPeriod } from './derive.ts';
import { ema, emaSeededAfter } from './ema.ts';
import type { Series } from './series.ts';
import { weightedSum } from './weighted-sum.ts';

/** Two averages' distance, its own average, and the distance between these. */
export type Macd = {
  readonly macd: Series;
  readonly signal: Series;
  readonly histogram: Series;
};

/**
 * Moving average convergence divergence: `macd = ema(source, fast) - ema(source, slow)`, `signal = ema(macd, signal)`,
 * `histogram = macd - signal`. The fast EMA is seeded on the same bar as the slow one, with the mean of the last `fast`
 * values there. `fast` above `slow` changes the sign (TA-Lib exchanges the two).
 * All three are defined from bar `max(fast, slow) + signal - 2` on; an undefined input starts the warm-up anew.
 * Source: TA-Lib MACD.
 */
export function macd(source: Series, fast = 12, slow = 26, signal = 9): Macd {
  checkPeriod('macd', 'fast', fast);
  checkPeriod('macd', 'slow', slow);
  checkPeriod('macd', 'signal', signal);
  const warmup = Math.max(fast, slow);
  const line = weightedSum(emaSeededAfter(source, fast, warmup), -1, emaSeededAfter(source, slow, warmup));
  const average = ema(line, signal);
  return { macd: definedWith(line, average), signal: average, histogram: weightedSum(line, -1, average) };
}
