import { checkPeriod, deriveRecord } from './derive.ts';
import type { Kernel } from './graph.ts';
import type { Series } from './series.ts';

/** Two averages' distance, its own average, and the distance between these. */
export type Macd = {
  readonly macd: Series;
  readonly signal: Series;
  readonly histogram: Series;
};

const NAMES = ['macd', 'signal', 'histogram'] as const;

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
  return deriveRecord(MacdKernel, [source], 0, NAMES, fast, slow, signal);
}

class MacdKernel implements Kernel {
  readonly #input: Series;
  readonly #outputs: Macd;
  readonly #periods: { readonly fast: number; readonly slow: number; readonly signal: number };
  /** Values until the averages are seeded, and until the signal is. */
  readonly #warmup: number;
  readonly #signalWarmup: number;
  #fast = Number.NaN;
  #slow = Number.NaN;
  #signal = Number.NaN;
  #count = 0;

  constructor([input]: readonly Series[], outputs: Macd, fast: number, slow: number, signal: number) {
    this.#input = input!;
    this.#outputs = outputs;
    this.#periods = { fast, slow, signal };
    this.#warmup = Math.max(fast, slow);
    this.#signalWarmup = this.#warmup + signal - 1;
  }

  run(from: number, to: number): void {
    for (let i = from; i < to; ) i = this.#count < this.#signalWarmup ? this.#warm(i) : this.#follow(i, to);
  }

  /** Takes the bar at `i` during the warm-up; an undefined value starts it anew. */
  #warm(i: number): number {
    const { fast, slow, signal } = this.#periods;
    const value = this.#input.cells[i & this.#input.mask]!;
    this.#count = Number.isFinite(value) ? this.#count + 1 : 0;
    this.#fast = seeded(this.#fast, value, this.#count - this.#warmup + fast, fast);
    this.#slow = seeded(this.#slow, value, this.#count - this.#warmup + slow, slow);
    const line = this.#fast - this.#slow;
    this.#signal = seeded(this.#signal, line, this.#count - this.#warmup + 1, signal);
    const isDefined = this.#count === this.#signalWarmup;
    const { macd, signal: average, histogram } = this.#outputs;
    macd.cells[i & macd.mask] = isDefined ? line : Number.NaN;
    average.cells[i & average.mask] = isDefined ? this.#signal : Number.NaN;
    histogram.cells[i & histogram.mask] = isDefined ? line - this.#signal : Number.NaN;
    return i + 1;
  }

  /** Takes bars up to `to`, or to the first that is undefined; returns where it stopped. */
  #follow(from: number, to: number): number {
    const { cells, mask } = this.#input;
    const { cells: lines, mask: lineMask } = this.#outputs.macd;
    const { cells: signals, mask: signalMask } = this.#outputs.signal;
    const { cells: histograms, mask: histogramMask } = this.#outputs.histogram;
    const fastWeight = 2 / (this.#periods.fast + 1);
    const slowWeight = 2 / (this.#periods.slow + 1);
    const signalWeight = 2 / (this.#periods.signal + 1);
    let fast = this.#fast;
    let slow = this.#slow;
    let signal = this.#signal;
    let i = from;
    for (; i < to; i++) {
      const value = cells[i & mask]!;
      if (!Number.isFinite(value)) break;
      fast += fastWeight * (value - fast);
      slow += slowWeight * (value - slow);
      const line = fast - slow;
      signal += signalWeight * (line - signal);
      lines[i & lineMask] = line;
      signals[i & signalMask] = signal;
      histograms[i & histogramMask] = line - signal;
    }
    this.#fast = fast;
    this.#slow = slow;
    this.#signal = signal;
    if (i < to) this.#count = 0;
    return i;
  }
}

/** An EMA after its `count`-th value, the first `period` being its seed: their sum, and at the last their mean. */
function seeded(mean: number, value: number, count: number, period: number): number {
  if (count > period) return mean + (2 / (period + 1)) * (value - mean);
  const sum = count <= 1 ? value : mean + value;
  return count === period ? sum / period : sum;
}
