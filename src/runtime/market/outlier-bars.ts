import type { Bars } from './bars.ts';

/** A high or low this many times beyond the prices around its bar. */
const SPIKE = 1.5;

/**
 * Opens of the bars whose high or low lies far outside the close before and the open after them, so that the price must
 * have gone and come back within the bar: most often a bad print. Epoch milliseconds.
 */
export function findOutlierBars({ length, time, open, high, low, close }: Bars): number[] {
  const times: number[] = [];
  for (let i = 1; i + 1 < length; i++) {
    const [before, after] = [close[i - 1]!, open[i + 1]!];
    const isSpike = high[i]! > SPIKE * Math.max(before, after) || low[i]! < Math.min(before, after) / SPIKE;
    if (isSpike) times.push(time[i]!);
  }
  return times;
}
