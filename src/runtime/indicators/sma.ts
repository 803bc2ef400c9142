import { checkPeriod, derive } from './derive.ts';
import type { Kernel } from './graph.ts';
import type { Series } from './series.ts';

/**
 * Simple moving average: the mean of the last `period` values, as a running sum.
 * Defined from bar `period - 1` on; an undefined input starts the warm-up anew. Source: TA-Lib SMA.
 */
export function sma(source: Series, period: number): Series {
  checkPeriod('sma', 'period', period);
  return derive(Sma, [source], period, period);
}

class Sma implements Kernel {
  readonly #input: Series;
  readonly #output: Series;
  readonly #period: number;
  #sum = Number.NaN;
  #count = 0;

  constructor([input]: readonly Series[], output: Series, period: number) {
    this.#input = input!;
    this.#output = output;
    this.#period = period;
  }

  run(from: number, to: number): void {
    for (let i = from; i < to; ) i = this.#count < this.#period ? this.#warm(i) : this.#slide(i, to);
  }

  /** Takes the bar at `i` while the window is not full; an undefined value empties it. */
  #warm(i: number): number {
    const value = this.#input.cells[i & this.#input.mask]!;
    this.#sum = this.#count === 0 ? value : this.#sum + value;
    this.#count = Number.isFinite(value) ? this.#count + 1 : 0;
    this.#output.cells[i & this.#output.mask] = this.#count < this.#period ? Number.NaN : this.#sum / this.#period;
    return i + 1;
  }

  /** Takes bars up to `to`, or to the first that is undefined, with a full window; returns where it stopped. */
  #slide(from: number, to: number): number {
    const { cells, mask } = this.#input;
    const { cells: out, mask: outMask } = this.#output;
    const period = this.#period;
    let sum = this.#sum;
    for (let i = from; i < to; i++) {
      sum += cells[i & mask]! - cells[(i - period) & mask]!;
      out[i & outMask] = sum / period;
    }
    this.#sum = sum;
    // An undefined value leaves no later sum defined, so the last one tells of all.
    if (Number.isFinite(sum)) return to;
    this.#count = 0;
    let gap = from;
    while (Number.isFinite(out[gap & outMask]!)) gap++;
    return gap;
  }
}
