import { derive } from './derive.ts';
import type { Kernel } from './graph.ts';
import type { Series } from './series.ts';

/** The series, undefined where `other` is: the members of one indicator become defined on the same bar. */
export function definedWith(series: Series, other: Series): Series {
  return derive(DefinedWith, [series, other], 0);
}

class DefinedWith implements Kernel {
  readonly #input: Series;
  readonly #condition: Series;
  readonly #output: Series;

  constructor([input, condition]: readonly Series[], output: Series) {
    this.#input = input!;
    this.#condition = condition!;
    this.#output = output;
  }

  run(from: number, to: number): void {
    const { cells, mask } = this.#input;
    const { cells: conditions, mask: conditionMask } = this.#condition;
    const { cells: out, mask: outMask } = this.#output;
    for (let i = from; i < to; i++) {
      out[i & outMask] = Number.isNaN(conditions[i & conditionMask]!) ? Number.NaN : cells[i & mask]!;
    }
  }
}
