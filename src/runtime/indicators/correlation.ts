/**
 * Correlation of two series over the last `period` bars. Values are cut into blocks of `period`, so a window is the
 * tail of one block and the head of the next, and nothing is ever taken out of a sum: see stddev.ts. Each part has five
 * sums, of both values, of their squares and of their product, all of differences from a bar inside the window.
 */
import { checkPeriod, derive } from './derive.ts';
import type { Kernel } from './graph.ts';
import type { Series } from './series.ts';

/**
 * Pearson's correlation of the last `period` values of `a` and `b`, -1 to 1; 0 where either does not move.
 * Defined from bar `period - 1` on; an undefined input starts the warm-up anew. Source: TA-Lib CORREL.
 */
export function correlation(a: Series, b: Series, period: number): Series {
  checkPeriod('correlation', 'period', period);
  return derive(Correlation, [a, b], period, period);
}

/** The sums of one part, in this order: a, b, a * a, b * b, a * b. */
const SUMS = 5;

class Correlation implements Kernel {
  readonly #inputs: readonly Series[];
  readonly #output: Series;
  readonly #period: number;
  /** At `SUMS * n`: over the last `n` bars of the block before, as differences from its last; NaN without a block. */
  readonly #tails: Float64Array;
  #tailOriginA = 0.5;
  #tailOriginB = 0.5;
  /** Over the first `#count` bars of this block, as differences from its first. */
  readonly #head = new Float64Array(SUMS);
  #headOriginA = Number.NaN;
  #headOriginB = Number.NaN;
  #count = 0;

  constructor(inputs: readonly Series[], output: Series, period: number) {
    this.#inputs = inputs;
    this.#output = output;
    this.#period = period;
    this.#tails = new Float64Array(SUMS * Math.min(period, output.clock.bars.length + 1)).fill(Number.NaN, SUMS);
  }

  run(from: number, to: number): void {
    for (let i = from; i < to; ) {
      i = this.#follow(i, Math.min(to, i + this.#period - this.#count));
      if (this.#count === this.#period) this.#keepTails(i - 1);
    }
  }

  /** Takes bars up to `to`, all of one block, or to the first that is undefined; returns where it stopped. */
  #follow(from: number, to: number): number {
    const [{ cells: as, mask: maskA }, { cells: bs, mask: maskB }] = this.#inputs as [Series, Series];
    const { cells: out, mask: outMask } = this.#output;
    if (this.#count === 0) this.#startBlock(as[from & maskA]!, bs[from & maskB]!);
    const originA = this.#headOriginA;
    const originB = this.#headOriginB;
    const shiftA = this.#tailOriginA - originA;
    const shiftB = this.#tailOriginB - originB;
    const period = this.#period;
    const head = this.#head;
    const tails = this.#tails;
    let tail = period - this.#count;
    for (let i = from; i < to; i++) {
      const a = as[i & maskA]! - originA;
      const b = bs[i & maskB]! - originB;
      if (!Number.isFinite(a + b)) return this.#restart(i);
      extend(head, 0, 0, a, b);
      tail--;
      const at = SUMS * tail;
      const tailA = tails[at]!;
      const tailB = tails[at + 1]!;
      // A tail's sums from the head's origin: n * shift more, squares shift * (2 * sum + n * shift) more.
      const sumA = head[0]! + tailA + tail * shiftA;
      const sumB = head[1]! + tailB + tail * shiftB;
      const squaresA = head[2]! + tails[at + 2]! + shiftA * (2 * tailA + tail * shiftA);
      const squaresB = head[3]! + tails[at + 3]! + shiftB * (2 * tailB + tail * shiftB);
      const products = head[4]! + tails[at + 4]! + shiftA * tailB + shiftB * (tailA + tail * shiftA);
      const spread = Math.sqrt(period * squaresA - sumA * sumA) * Math.sqrt(period * squaresB - sumB * sumB);
      const ratio = (period * products - sumA * sumB) / spread;
      out[i & outMask] = spread === 0 ? 0 : Math.max(-1, Math.min(1, ratio));
    }
    this.#count = period - tail;
    return to;
  }

  #startBlock(a: number, b: number): void {
    this.#head.fill(0);
    this.#headOriginA = a;
    this.#headOriginB = b;
  }

  /** Bar `i` is undefined. */
  #restart(i: number): number {
    this.#output.cells[i & this.#output.mask] = Number.NaN;
    this.#tails.fill(Number.NaN, SUMS);
    this.#count = 0;
    return i + 1;
  }

  /** Bar `last` has filled the block. */
  #keepTails(last: number): void {
    const [{ cells: as, mask: maskA }, { cells: bs, mask: maskB }] = this.#inputs as [Series, Series];
    const tails = this.#tails;
    const originA = as[last & maskA]!;
    const originB = bs[last & maskB]!;
    for (let n = 1; n < this.#period; n++) {
      const i = last + 1 - n;
      extend(tails, SUMS * (n - 1), SUMS * n, as[i & maskA]! - originA, bs[i & maskB]! - originB);
    }
    this.#tailOriginA = originA;
    this.#tailOriginB = originB;
    this.#count = 0;
  }
}

/** The sums at `to` become those at `from` and one bar more. */
function extend(sums: Float64Array, from: number, to: number, a: number, b: number): void {
  sums[to] = sums[from]! + a;
  sums[to + 1] = sums[from + 1]! + b;
  sums[to + 2] = sums[from + 2]! + a * a;
  sums[to + 3] = sums[from + 3]! + b * b;
  sums[to + 4] = sums[from + 4]! + a * b;
}
