import { derive } from './derive.ts';
import type { Kernel } from './graph.ts';
import type { Series } from './series.ts';

/** `a + weight * b`, bar by bar. */
export function weightedSum(a: Series, weight: number, b: Series): Series {
  return derive([a, b], 0, ([left, right], output) => new WeightedSum(left!, weight, right!, output));
}

class WeightedSum implements Kernel {
  readonly #left: Series;
  readonly #weight: number;
  readonly #right: Series;
  readonly #output: Series;

  constructor(left: Series, weight: number, right: Series, output: Series) {
    this.#left = left;
    this.#weight = weight;
    this.#right = right;
    this.#output = output;
  }

  run(from: number, to: number): void {
    const { values: left, mask: leftMask } = this.#left;
    const { values: right, mask: rightMask } = this.#right;
    const { values: out, mask: outMask } = this.#output;
    const weight = this.#weight;
    for (let i = from; i < to; i++) out[i & outMask] = left[i & leftMask]! + weight * right[i & rightMask]!;
  }
}
