import { atr } from './atr.ts';
import { checkAboveZero, checkPeriod, deriveRecord } from './derive.ts';
import type { Kernel } from './graph.ts';
import type { HighLowClose } from './high-low-close.ts';
import type { Series } from './series.ts';

/** A stop that follows the trend, and the trend: 1 rising, with the line below prices, -1 falling, with it above. */
export type Supertrend = {
  readonly line: Series;
  readonly direction: Series;
};

const NAMES = ['line', 'direction'] as const;

/**
 * SuperTrend: a band `ranges` times `atr(feed, period)` around the bar's middle, `(high + low) / 2`. Its lower edge
 * only rises and its upper only falls, until a close lies beyond it on the bar before. `line` is the lower edge in a
 * rising trend, the upper in a falling one; a close beyond the line turns the trend. It starts rising.
 * Both are defined from bar `period` on; an undefined input starts the warm-up anew.
 * Source: Seban 2008, TA-Lib SUPERTREND.
 */
export function supertrend(feed: HighLowClose, period = 10, ranges = 3): Supertrend {
  checkPeriod('supertrend', 'period', period);
  checkAboveZero('supertrend', 'ranges', ranges);
  const inputs = [feed.close, feed.high, feed.low, atr(feed, period)];
  return deriveRecord(SupertrendKernel, inputs, 0, NAMES, ranges);
}

class SupertrendKernel implements Kernel {
  readonly #inputs: readonly Series[];
  readonly #outputs: Supertrend;
  readonly #ranges: number;
  #previousClose = Number.NaN;
  #lower = Number.NaN;
  #upper = Number.NaN;
  #direction = 1;

  constructor(inputs: readonly Series[], outputs: Supertrend, ranges: number) {
    this.#inputs = inputs;
    this.#outputs = outputs;
    this.#ranges = ranges;
  }

  run(from: number, to: number): void {
    const [closes, highs, lows, range] = this.#inputs as [Series, Series, Series, Series];
    const { line, direction: trend } = this.#outputs;
    let previousClose = this.#previousClose;
    let lower = this.#lower;
    let upper = this.#upper;
    let direction = this.#direction;
    for (let i = from; i < to; i++) {
      const close = closes.cells[i & closes.mask]!;
      const middle = (highs.cells[i & highs.mask]! + lows.cells[i & lows.mask]!) / 2;
      const width = this.#ranges * range.cells[i & range.mask]!;
      if (Number.isNaN(width)) direction = 1;
      // An edge that is undefined before the first band gives way to it.
      if (!(middle - width <= lower && previousClose >= lower)) lower = middle - width;
      if (!(middle + width >= upper && previousClose <= upper)) upper = middle + width;
      if (direction > 0 ? close < lower : close > upper) direction = -direction;
      previousClose = close;
      line.cells[i & line.mask] = direction > 0 ? lower : upper;
      trend.cells[i & trend.mask] = Number.isNaN(width) ? Number.NaN : direction;
    }
    this.#previousClose = previousClose;
    this.#lower = lower;
    this.#upper = upper;
    this.#direction = direction;
  }
}
