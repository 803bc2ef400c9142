import { checkPeriod, derive } from './derive.ts';
import type { Kernel } from './graph.ts';
import type { Series } from './series.ts';

/**
 * Rate of change in percent over `period` bars: `100 * (value / value[period] - 1)`; 0 where the older value is 0.
 * Defined from bar `period` on; an undefined input starts the warm-up anew. Source: TA-Lib ROC.
 */
export function roc(source: Series, period: number): Series {
  checkPeriod('roc', 'period', period);
  return derive([source], period, ([input], output) => new Roc(input!, output, period));
}

class Roc implements Kernel {
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
      else {
        const older = values[(i - period) & mask]!;
        change = older === 0 ? 0 : (value / older - 1) * 100;
      }
      out[i & outMask] = change;
    }
    this.#count = count;
  }
}
