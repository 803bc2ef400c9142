import { checkPeriod, derive } from './derive.ts';
import type { Kernel } from './graph.ts';
import type { Series } from './series.ts';

/**
 * Change over `period` bars, in units of the source: `value - value[period]`.
 * Defined from bar `period` on; an undefined input starts the warm-up anew. Source: TA-Lib MOM.
 */
export function momentum(source: Series, period: number): Series {
  checkPeriod('momentum', 'period', period);
  return derive([source], period, ([input], output) => new Momentum(input!, output, period));
}

class Momentum implements Kernel {
  readonly #input: Series;
  readonly #output: Series;
  readonly #period: number;
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
    let count = this.#count;
    for (let i = from; i < to; i++) {
      const value = values[i & mask]!;
      let change = Number.NaN;
      if (!Number.isFinite(value)) count = 0;
      else if (count < period) count++;
      else change = value - values[(i - period) & mask]!;
      out[i & outMask] = change;
    }
    this.#count = count;
  }
}
