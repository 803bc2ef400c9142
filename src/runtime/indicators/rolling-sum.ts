/**
 * The sum of the last `period` values, of which none leaves a trace once it is out of the window. Values are cut into
 * blocks of `period`, so a window is the tail of one block and the head of the next. Nothing is ever taken out of a
 * sum: a full block keeps the sum of each of its tails.
 */
import { derive } from './derive.ts';
import type { Kernel } from './graph.ts';
import type { Series } from './series.ts';

/** Defined from bar `period - 1` on; an undefined input starts the warm-up anew. */
export function rollingSum(source: Series, period: number): Series {
  return derive([source], period, ([input], output) => new RollingSum(input!, output, period));
}

class RollingSum implements Kernel {
  readonly #input: Series;
  readonly #output: Series;
  readonly #period: number;
  /** At `n`: the sum of the last `n` values of the block before; NaN without a block. */
  readonly #tails: Float64Array;
  /** The sum of the first `#count` values of this block. */
  #head = Number.NaN;
  #count = 0;

  constructor(input: Series, output: Series, period: number) {
    this.#input = input;
    this.#output = output;
    this.#period = period;
    this.#tails = new Float64Array(Math.min(period, output.clock.bars.length + 1)).fill(Number.NaN, 1);
  }

  run(from: number, to: number): void {
    const { values, mask } = this.#input;
    const { values: out, mask: outMask } = this.#output;
    const period = this.#period;
    const tails = this.#tails;
    let head = this.#head;
    let count = this.#count;
    for (let i = from; i < to; i++) {
      const value = values[i & mask]!;
      if (!Number.isFinite(value)) {
        tails.fill(Number.NaN, 1);
        count = 0;
        out[i & outMask] = Number.NaN;
        continue;
      }
      head = count === 0 ? value : head + value;
      count++;
      out[i & outMask] = head + tails[period - count]!;
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
    const tails = this.#tails;
    let sum = 0;
    for (let n = 1; n < tails.length; n++) {
      sum += values[(last + 1 - n) & mask]!;
      tails[n] = sum;
    }
  }
}
