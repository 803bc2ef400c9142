import { derive } from './derive.ts';
import type { Kernel } from './graph.ts';
import type { Series } from './series.ts';

/** The value of `bars` bars ago. Undefined for the first `bars` bars, and after an undefined value. */
export function delayed(source: Series, bars: number): Series {
  return derive(Delayed, [source], bars, bars);
}

class Delayed implements Kernel {
  readonly #input: Series;
  readonly #output: Series;
  readonly #bars: number;
  #count = 0;

  constructor([input]: readonly Series[], output: Series, bars: number) {
    this.#input = input!;
    this.#output = output;
    this.#bars = bars;
  }

  run(from: number, to: number): void {
    const { cells, mask } = this.#input;
    const { cells: out, mask: outMask } = this.#output;
    const bars = this.#bars;
    let count = this.#count;
    for (let i = from; i < to; i++) {
      count = Number.isFinite(cells[i & mask]!) ? count + 1 : 0;
      out[i & outMask] = count > bars ? cells[(i - bars) & mask]! : Number.NaN;
    }
    this.#count = count;
  }
}
