import type { Kernel } from './graph.ts';
import type { Series } from './series.ts';

/**
 * How a value has changed in `period` bars: by how much or, as a rate, by how many per cent; 0 from nothing. An
 * undefined input starts the warm-up anew.
 */
export class Change implements Kernel {
  readonly #input: Series;
  readonly #output: Series;
  readonly #period: number;
  readonly #isRate: boolean;
  #count = 0;

  constructor([input]: readonly Series[], output: Series, period: number, isRate: boolean) {
    this.#input = input!;
    this.#output = output;
    this.#period = period;
    this.#isRate = isRate;
  }

  run(from: number, to: number): void {
    const { cells, mask } = this.#input;
    const { cells: out, mask: outMask } = this.#output;
    const period = this.#period;
    const isRate = this.#isRate;
    let count = this.#count;
    for (let i = from; i < to; i++) {
      const value = cells[i & mask]!;
      let change = Number.NaN;
      if (!Number.isFinite(value)) count = 0;
      else if (count < period) count++;
      else {
        const older = cells[(i - period) & mask]!;
        if (!isRate) change = value - older;
        else change = older === 0 ? 0 : (value / older - 1) * 100;
      }
      out[i & outMask] = change;
    }
    this.#count = count;
  }
}
