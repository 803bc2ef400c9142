import { derive } from './derive.ts';
import type { Kernel } from './graph.ts';
import type { Series } from './series.ts';

/** How far each bar's value is from the one before, whatever the direction. Defined from bar 1 on. */
export function stepLength(source: Series): Series {
  return derive(StepLength, [source], 0);
}

class StepLength implements Kernel {
  readonly #input: Series;
  readonly #output: Series;
  #previous = Number.NaN;

  constructor([input]: readonly Series[], output: Series) {
    this.#input = input!;
    this.#output = output;
  }

  run(from: number, to: number): void {
    const { cells, mask } = this.#input;
    const { cells: out, mask: outMask } = this.#output;
    let previous = this.#previous;
    for (let i = from; i < to; i++) {
      const value = cells[i & mask]!;
      out[i & outMask] = Math.abs(value - previous);
      previous = value;
    }
    this.#previous = previous;
  }
}
