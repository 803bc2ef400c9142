import { derive } from './derive.ts';
import type { Kernel } from './graph.ts';
import type { HighLowCloseVolume } from './high-low-close.ts';
import type { Series } from './series.ts';

/**
 * Volume-weighted average price of the trading session so far: the mean of the bars' typical prices
 * `(high + low + close) / 3`, weighted with their volume. Begins anew with each session of the feed, and after an
 * undefined input. Undefined while the session has no volume; else defined from bar 0 on. Source: TA-Lib VWAP, which
 * knows no sessions.
 */
export function vwap({ high, low, close, volume }: HighLowCloseVolume): Series {
  return derive(Vwap, [close, high, low, volume], 0);
}

class Vwap implements Kernel {
  readonly #inputs: readonly Series[];
  readonly #output: Series;
  #session = -1;
  /** Sums of the session so far. */
  #value = Number.NaN;
  #volume = Number.NaN;

  constructor(inputs: readonly Series[], output: Series) {
    this.#inputs = inputs;
    this.#output = output;
  }

  run(from: number, to: number): void {
    const [
      { cells: closes, mask: closeMask },
      { cells: highs, mask: highMask },
      { cells: lows, mask: lowMask },
      { cells: volumes, mask: volumeMask },
    ] = this.#inputs as [Series, Series, Series, Series];
    const { cells: out, mask: outMask, clock } = this.#output;
    const sessions = clock.bars.session;
    let session = this.#session;
    let sumOfValues = this.#value;
    let sumOfVolumes = this.#volume;
    for (let i = from; i < to; i++) {
      const volume = volumes[i & volumeMask]!;
      const value = ((highs[i & highMask]! + lows[i & lowMask]! + closes[i & closeMask]!) / 3) * volume;
      if (sessions[i]! !== session || !Number.isFinite(sumOfValues)) {
        session = sessions[i]!;
        sumOfValues = 0;
        sumOfVolumes = 0;
      }
      sumOfValues += value;
      sumOfVolumes += volume;
      out[i & outMask] = sumOfValues / sumOfVolumes;
    }
    this.#session = session;
    this.#value = sumOfValues;
    this.#volume = sumOfVolumes;
  }
}
