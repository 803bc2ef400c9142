import { derive } from './derive.ts';
import type { Kernel } from './graph.ts';
import type { Series } from './series.ts';

/**
 * On-balance volume: the volume of bars that closed higher than the bar before, less that of bars that closed lower, in
 * units of volume. Starts with the volume of the first bar, and anew after an undefined input. Defined from bar 0 on.
 * Source: Granville 1963, TA-Lib OBV.
 */
export function obv({ close, volume }: { readonly close: Series; readonly volume: Series }): Series {
  return derive(Obv, [close, volume], 0);
}

class Obv implements Kernel {
  readonly #inputs: readonly Series[];
  readonly #output: Series;
  #previous = Number.NaN;
  #balance = Number.NaN;

  constructor(inputs: readonly Series[], output: Series) {
    this.#inputs = inputs;
    this.#output = output;
  }

  run(from: number, to: number): void {
    const [{ cells: closes, mask: closeMask }, { cells: volumes, mask: volumeMask }] = this.#inputs as [Series, Series];
    const { cells: out, mask: outMask } = this.#output;
    let previous = this.#previous;
    let balance = this.#balance;
    for (let i = from; i < to; i++) {
      const close = closes[i & closeMask]!;
      const volume = volumes[i & volumeMask]!;
      if (!Number.isFinite(close + volume)) balance = Number.NaN;
      else if (Number.isNaN(balance)) balance = volume;
      else if (close > previous) balance += volume;
      else if (close < previous) balance -= volume;
      previous = close;
      out[i & outMask] = balance;
    }
    this.#previous = previous;
    this.#balance = balance;
  }
}
