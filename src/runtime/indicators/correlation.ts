/**
 * Correlation of two series over the last `period` bars. Values are cut into blocks of `period`, so a window is the tail
 * of one block and the head of the next, and nothing is ever taken out of a sum: see stddev.ts. Each part has five sums,
 * of both values, of their squares and of their product, all of differences from a bar inside the window.
 */
import { checkPeriod, derive } from './derive.ts';
import type { Kernel } from './graph.ts';
import type { Series } from './series.ts';

/**
 * Pearson's correlation of the last `period` values of `a` and `b`, -1 to 1; 0 where either does not move.
 * Defined from bar `period - 1` on, on the bars of `a`; an undefined input starts the warm-up anew. Source: TA-Lib CORREL.
 */
export function correlation(a: Series, b: Series, period: number): Series {
  checkPeriod('correlation', 'period', period);
  return derive([a, b], period, (inputs, output) => new Correlation(inputs, output, period));
}

class Sums {
  a = Number.NaN;
  b = Number.NaN;
  aa = Number.NaN;
  bb = Number.NaN;
  ab = Number.NaN;
}
