/**
 * Standard deviation of the last `period` values, and how many of them the newest value lies from their mean.
 *
 * The textbook running sums of values and squares subtract two large, nearly equal numbers: at prices around 100,000
 * with moves of a cent nothing is left. Here values are cut into blocks of `period`, so a window is the tail of one
 * block and the head of the next. Nothing is ever taken out of a sum: a full block keeps the sums of each of its tails.
 * All sums are of differences from a value inside the window, so no term exceeds the window's own spread.
 */
import { checkPeriod, derive } from './derive.ts';
import type { Kernel } from './graph.ts';
import type { Series } from './series.ts';

/**
 * Population standard deviation (divided by `period`, not `period - 1`) of the last `period` values.
 * Defined from bar `period - 1` on; an undefined input starts the warm-up anew. Source: TA-Lib STDDEV.
 */
export function stddev(source: Series, period: number): Series {
  checkPeriod('stddev', 'period', period);
  return derive(StandardDeviation, [source], period, period, false);
}

/** The newest value's distance from the mean of the last `period`, in standard deviations; 0 where nothing moves. */
export function standardScore(source: Series, period: number): Series {
  return derive(StandardDeviation, [source], period, period, true);
}

class StandardDeviation implements Kernel {
  readonly #input: Series;
  readonly #output: Series;
  readonly #period: number;
  readonly #isScore: boolean;
  /** At `n`: sums over the last `n` values of the block before, as differences from its last; NaN without a block. */
  readonly #tailSums: Float64Array;
  readonly #tailSquares: Float64Array;
  /** Any finite number until there is a block before; a fraction, so that the field holds doubles from the start. */
  #tailOrigin = 0.5;
  /** Sums over the first `#count` values of this block, as differences from its first, `#headOrigin`. */
  #headSum = Number.NaN;
  #headSquares = Number.NaN;
  #headOrigin = Number.NaN;
  #count = 0;

  constructor([input]: readonly Series[], output: Series, period: number, isScore: boolean) {
    this.#input = input!;
    this.#output = output;
    this.#period = period;
    this.#isScore = isScore;
    const length = Math.min(period, output.clock.bars.length + 1);
    this.#tailSums = new Float64Array(length).fill(Number.NaN, 1);
    this.#tailSquares = new Float64Array(length).fill(Number.NaN, 1);
  }

  run(from: number, to: number): void {
    for (let i = from; i < to; ) {
      if (this.#count === 0) this.#openBlock(i);
      i = this.#extend(i, Math.min(to, i + this.#period - this.#count));
      if (this.#count === this.#period) this.#closeBlock(i);
    }
  }

  #openBlock(first: number): void {
    this.#headOrigin = this.#input.cells[first & this.#input.mask]!;
    this.#headSum = 0;
    this.#headSquares = 0;
  }

  /** Takes bars of one block up to `to`, or the first that is undefined and with it the block; returns what is next. */
  #extend(from: number, to: number): number {
    const { cells, mask } = this.#input;
    const { cells: out, mask: outMask } = this.#output;
    const period = this.#period;
    const isScore = this.#isScore;
    const tailSums = this.#tailSums;
    const tailSquares = this.#tailSquares;
    const headOrigin = this.#headOrigin;
    const shift = this.#tailOrigin - headOrigin;
    let headSum = this.#headSum;
    let headSquares = this.#headSquares;
    let tail = period - this.#count;
    for (let i = from; i < to; i++) {
      const difference = cells[i & mask]! - headOrigin;
      headSum += difference;
      headSquares += difference * difference;
      tail--;
      const tailSum = tailSums[tail]!;
      const sum = headSum + tailSum + tail * shift;
      const squares = headSquares + tailSquares[tail]! + shift * (2 * tailSum + tail * shift);
      const deviation = Math.sqrt(period * squares - sum * sum) / period;
      if (!isScore) out[i & outMask] = deviation;
      else out[i & outMask] = deviation === 0 ? 0 : (difference - sum / period) / deviation;
    }
    this.#headSum = headSum;
    this.#headSquares = headSquares;
    this.#count = period - tail;
    return Number.isFinite(headSum) ? to : this.#skipUndefined(from, to);
  }

  /** Returns the bar after the first that is undefined, where the warm-up starts anew; `to` where there is none. */
  #skipUndefined(from: number, to: number): number {
    const { cells, mask } = this.#input;
    let i = from;
    while (i < to && Number.isFinite(cells[i & mask]!)) i++;
    if (i === to) return to;
    this.#output.cells[i & this.#output.mask] = Number.NaN;
    this.#tailSums.fill(Number.NaN, 1);
    this.#count = 0;
    return i + 1;
  }

  /** The block that ends before bar `next` is full: keeps the sums of its tails. */
  #closeBlock(next: number): void {
    const { cells, mask } = this.#input;
    const tailSums = this.#tailSums;
    const tailSquares = this.#tailSquares;
    const period = this.#period;
    const origin = cells[(next - 1) & mask]!;
    let sum = 0;
    let squares = 0;
    for (let n = 1; n < period; n++) {
      const difference = cells[(next - n) & mask]! - origin;
      sum += difference;
      squares += difference * difference;
      tailSums[n] = sum;
      tailSquares[n] = squares;
    }
    this.#tailOrigin = origin;
    this.#count = 0;
  }
}
