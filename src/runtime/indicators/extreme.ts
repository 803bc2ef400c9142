/**
 * The highest of the last `period` values in constant time: the values are cut into blocks of `period`, so a window is
 * the tail of one block and the head of the next. When a block is full the maximum of each of its tails is kept
 * (van Herk 1992, Gil and Werman 1993). The lowest is the highest of the negated values.
 */
import { derive } from './derive.ts';
import type { Kernel } from './graph.ts';
import type { Series } from './series.ts';

/** Sign 1: the highest of the last `period` values. Sign -1: the lowest. */
export function extreme(source: Series, period: number, sign: 1 | -1): Series {
  return derive([source], period, ([input], output) => new Extreme(input!, output, period, sign));
}

class Extreme implements Kernel {
  readonly #input: Series;
  readonly #output: Series;
  readonly #period: number;
  readonly #sign: number;
  /** At `n`: the maximum of the last `n` values of the block before, NaN while there is none. */
  readonly #tails: Float64Array;
  /** The maximum of the first `#count` values of this block. */
  #head = Number.NaN;
  #count = 0;

  constructor(input: Series, output: Series, period: number, sign: number) {
    this.#input = input;
    this.#output = output;
    this.#period = period;
    this.#sign = sign;
    this.#tails = new Float64Array(Math.min(period, output.clock.bars.length + 1)).fill(Number.NaN);
    this.#tails[0] = Number.NEGATIVE_INFINITY;
  }

  run(from: number, to: number): void {
    const { values, mask } = this.#input;
    const { values: out, mask: outMask } = this.#output;
    const period = this.#period;
    const sign = this.#sign;
    const tails = this.#tails;
    let head = this.#head;
    let count = this.#count;
    for (let i = from; i < to; i++) {
      const value = sign * values[i & mask]!;
      if (!Number.isFinite(value)) {
        tails.fill(Number.NaN, 1);
        count = 0;
        out[i & outMask] = Number.NaN;
        continue;
      }
      if (count === 0 || value > head) head = value;
      count++;
      const tail = tails[period - count]!;
      out[i & outMask] = sign * Math.max(head, tail);
      if (count === period) {
        this.#keepTails(i);
        count = 0;
      }
    }
    this.#head = head;
    this.#count = count;
  }

  /** Bar `last` has filled the block. */
  #keepTails(last: number): void {
    const { values, mask } = this.#input;
    const sign = this.#sign;
    const tails = this.#tails;
    let tail = Number.NEGATIVE_INFINITY;
    for (let n = 1; n < tails.length; n++) {
      const value = sign * values[(last + 1 - n) & mask]!;
      if (value > tail) tail = value;
      tails[n] = tail;
    }
  }
}
