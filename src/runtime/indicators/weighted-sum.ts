import { derive } from './derive.ts';
import type { Kernel } from './graph.ts';
import type { Series } from './series.ts';

/** `weightA * a + weightB * b`, bar by bar. */
export function weightedSum(weightA: number, a: Series, weightB: number, b: Series): Series {
  return derive(WeightedSum, [a, b], 0, weightA, weightB);
}

class WeightedSum implements Kernel {
  readonly #leftWeight: number;
  readonly #left: Series;
  readonly #rightWeight: number;
  readonly #right: Series;
  readonly #output: Series;

  constructor([left, right]: readonly Series[], output: Series, leftWeight: number, rightWeight: number) {
    this.#leftWeight = leftWeight;
    this.#left = left!;
    this.#rightWeight = rightWeight;
    this.#right = right!;
    this.#output = output;
  }

  run(from: number, to: number): void {
    const { cells: left, mask: leftMask } = this.#left;
    const { cells: right, mask: rightMask } = this.#right;
    const { cells: out, mask: outMask } = this.#output;
    const leftWeight = this.#leftWeight;
    const rightWeight = this.#rightWeight;
    for (let i = from; i < to; i++) {
      out[i & outMask] = leftWeight * left[i & leftMask]! + rightWeight * right[i & rightMask]!;
    }
  }
}
