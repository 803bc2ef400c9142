import { checkPeriod, derive } from './derive.ts';
import type { Kernel } from './graph.ts';
import type { Series } from './series.ts';

/**
 * Simple moving average: the mean of the last `period` values, as a running sum.
 * Defined from bar `period - 1` on; an undefined input starts the warm-up anew. Source: TA-Lib SMA.
 */
export function sma(source: Series, period: number): Series {
  checkPeriod('sma', 'period', period);
  return derive([source], period, ([input], output) => new Sma(input!, output, period));
}

class Sma implements Kernel {
  readonly #input: Series;
  readonly #output: Series;
  readonly #period: number;
  #sum = Number.NaN;
  #count = 0;

  constructor(input: Series, output: Series, period: number) {
    this.#input = input;
    this.#output = output;
    this.#period = period;
  }

  run(from: number, to: number): void {
    const { values, mask } = this.#input;
    const { values: out, mask: outMask } = this.#output;
    const period = this.#period;
    let sum = this.#sum;
    let count = this.#count;
    for (let i = from; i < to; i++) {
      const value = values[i & mask]!;
      if (!Number.isFinite(value)) count = 0;
      else if (count === period) sum = sum - values[(i - period) & mask]! + value;
      else sum = count++ === 0 ? value : sum + value;
      out[i & outMask] = count < period ? Number.NaN : sum / period;
    }
    this.#sum = sum;
    this.#count = count;
  }
}
