import { checkPeriod, derive } from './derive.ts';
import type { Kernel } from './graph.ts';
import type { Series } from './series.ts';

/**
 * Exponential moving average: `mean += 2 / (period + 1) * (value - mean)`, seeded with the simple mean of the first
 * `period` values. Defined from bar `period - 1` on; an undefined input starts the warm-up anew. Source: TA-Lib EMA.
 */
export function ema(source: Series, period: number): Series {
  checkPeriod('ema', 'period', period);
  return derive(Ema, [source], 0, period);
}

class Ema implements Kernel {
  readonly #input: Series;
  readonly #output: Series;
  readonly #period: number;
  /** The sum of the values so far during the warm-up, then the mean. */
  #mean = Number.NaN;
  #count = 0;

  constructor([input]: readonly Series[], output: Series, period: number) {
    this.#input = input!;
    this.#output = output;
    this.#period = period;
  }

  run(from: number, to: number): void {
    const { cells, mask } = this.#input;
    const { cells: out, mask: outMask } = this.#output;
    const period = this.#period;
    const weight = 2 / (period + 1);
    let mean = this.#mean;
    let count = this.#count;
    for (let i = from; i < to; i++) {
      const value = cells[i & mask]!;
      if (!Number.isFinite(value)) count = 0;
      else if (count === period) mean += weight * (value - mean);
      else {
        mean = count++ === 0 ? value : mean + value;
        if (count === period) mean /= period;
      }
      out[i & outMask] = count < period ? Number.NaN : mean;
    }
    this.#mean = mean;
    this.#count = count;
  }
}
