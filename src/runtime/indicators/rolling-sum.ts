/**
 * The sum of the last `period` values, of which none leaves a trace once it is out of the window. Values are cut into
 * blocks of `period`, so a window is the tail of one block and the head of the next. Nothing is ever taken out of a
 * sum: when a block is full, the sum of each of its tails is kept.
 */
import { derive } from './derive.ts';
import type { Kernel } from './graph.ts';
import type { Series } from './series.ts';

/** Defined from bar `period - 1` on; an undefined input starts the warm-up anew. */
export function rollingSum(source: Series, period: number): Series {
  return derive(RollingSum, [source], 0, period);
}

class RollingSum implements Kernel {
  readonly #input: Series;
  readonly #output: Series;
  readonly #period: number;
  readonly #tails: Float64Array;
  /** The sum of the first `#count` values of this block. */
  #head = Number.NaN;
  #count = 0;

  constructor([input]: readonly Series[], output: Series, period: number) {
    this.#input = input!;
    this.#output = output;
    this.#period = period;
    this.#tails = blockTails(period, output.clock.bars.length);
  }

  run(from: number, to: number): void {
    const { cells, mask } = this.#input;
    const { cells: out, mask: outMask } = this.#output;
    const period = this.#period;
    const tails = this.#tails;
    let head = this.#head;
    let count = this.#count;
    for (let i = from; i < to; i++) {
      const value = cells[i & mask]!;
      if (!Number.isFinite(value)) {
        tails.fill(Number.NaN, 0, period);
        count = 0;
        out[i & outMask] = Number.NaN;
        continue;
      }
      head = count === 0 ? value : head + value;
      tails[count++] = value;
      out[i & outMask] = head + tails[count]!;
      if (count === period) {
        sumTails(tails, period);
        count = 0;
      }
    }
    this.#head = head;
    this.#count = count;
  }
}

/** At `n`: this block's value there, once it is known; before, the sum of the last block's values from there on. */
export function blockTails(period: number, barCount: number): Float64Array {
  const tails = new Float64Array(Math.min(period, barCount) + 1).fill(Number.NaN);
  if (period <= barCount) tails[period] = 0;
  return tails;
}

/** The block is full: its values become the sums from each of them to the end. */
export function sumTails(tails: Float64Array, period: number): void {
  let sum = 0;
  for (let n = period - 1; n >= 0; n--) {
    sum += tails[n]!;
    tails[n] = sum;
  }
}
