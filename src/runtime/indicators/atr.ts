import { checkPeriod, derive } from './derive.ts';
import type { Kernel } from './graph.ts';
import type { HighLowClose } from './high-low-close.ts';
import type { Series } from './series.ts';

/**
 * Average true range, in price units: the range of each bar, widened to the close before, in Wilder's smoothing,
 * seeded with the simple mean of the first `period` true ranges. The first bar has no close before and is left out.
 * Defined from bar `period` on; an undefined input starts the warm-up anew. Source: Wilder 1978, TA-Lib ATR.
 */
export function atr({ high, low, close }: HighLowClose, period: number): Series {
  checkPeriod('atr', 'period', period);
  return derive(Atr, [close, high, low], 0, period);
}

class Atr implements Kernel {
  readonly #inputs: readonly Series[];
  readonly #output: Series;
  readonly #period: number;
  #previousClose = Number.NaN;
  /** The sum of the true ranges so far during the warm-up, then the mean. */
  #mean = Number.NaN;
  #count = 0;

  constructor(inputs: readonly Series[], output: Series, period: number) {
    this.#inputs = inputs;
    this.#output = output;
    this.#period = period;
  }

  run(from: number, to: number): void {
    for (let i = from; i < to; ) i = this.#count > this.#period ? this.#follow(i, to) : this.#warm(i);
  }

  /** Takes the bar at `i` during the warm-up; an undefined value starts it anew. */
  #warm(i: number): number {
    const [close, high, low] = this.#inputs.map(({ cells, mask }) => cells[i & mask]!) as [number, number, number];
    if (!Number.isFinite(close + high + low)) this.#count = 0;
    else {
      this.#mean = this.#count === 0 ? 0 : this.#mean + trueRange(high, low, this.#previousClose);
      if (this.#count++ === this.#period) this.#mean /= this.#period;
    }
    this.#previousClose = close;
    this.#output.cells[i & this.#output.mask] = this.#count > this.#period ? this.#mean : Number.NaN;
    return i + 1;
  }

  /** Takes bars up to `to`, or to the first that is undefined; returns where it stopped. */
  #follow(from: number, to: number): number {
    const [{ cells: closes, mask: closeMask }, { cells: highs, mask: highMask }, { cells: lows, mask: lowMask }] = this
      .#inputs as [Series, Series, Series];
    const { cells: out, mask: outMask } = this.#output;
    const period = this.#period;
    let previousClose = this.#previousClose;
    let mean = this.#mean;
    let i = from;
    for (; i < to; i++) {
      const close = closes[i & closeMask]!;
      const high = highs[i & highMask]!;
      const low = lows[i & lowMask]!;
      if (!Number.isFinite(close + high + low)) break;
      mean += (trueRange(high, low, previousClose) - mean) / period;
      previousClose = close;
      out[i & outMask] = mean;
    }
    this.#previousClose = previousClose;
    this.#mean = mean;
    if (i < to) this.#count = 0;
    return i;
  }
}

/**
 * The range of a bar, widened to the close before. A processor that guesses wrong which of two prices is larger loses
 * more time than all of this takes, so nothing is guessed: `x + |x|` is twice `x`, or nothing. That is exact where the
 * prices are within a factor of two of each other (Sterbenz), which is checked.
 */
function trueRange(high: number, low: number, previousClose: number): number {
  const above = previousClose - high;
  const below = low - previousClose;
  if (high + above !== previousClose || low - below !== previousClose)
    return Math.max(high, previousClose) - Math.min(low, previousClose);
  return high + 0.5 * (above + Math.abs(above)) - (low - 0.5 * (below + Math.abs(below)));
}
