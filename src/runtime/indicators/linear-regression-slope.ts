/**
 * Slope of the straight line nearest to the last `period` values. Values are cut into blocks of `period`, so a window
 * is the tail of one block and the head of the next, and nothing is ever taken out of a sum: see stddev.ts. Besides the
 * sum of its values each part keeps the sum weighted with their places, the oldest having place 1.
 */
import { checkPeriod, derive } from './derive.ts';
import type { Kernel } from './graph.ts';
import type { Series } from './series.ts';

/**
 * Slope of the least-squares line through the last `period` values, in units of the source per bar.
 * Defined from bar `period - 1` on; an undefined input starts the warm-up anew. Source: TA-Lib LINEARREG_SLOPE.
 */
export function linearRegressionSlope(source: Series, period: number): Series {
  checkPeriod('linearRegressionSlope', 'period', period, 2);
  return derive(Slope, [source], period, period);
}

class Slope implements Kernel {
  readonly #input: Series;
  readonly #output: Series;
  readonly #period: number;
  /** At `n`: sums over the last `n` values of the block before, as differences from its last; NaN without a block. */
  readonly #tailSums: Float64Array;
  readonly #tailWeighted: Float64Array;
  /** Any finite number until there is a block before; a fraction, so that the field holds doubles from the start. */
  #tailOrigin = 0.5;
  /** Sums over the first `#count` values of this block, as differences from its first, `#headOrigin`. */
  #headSum = Number.NaN;
  #headWeighted = Number.NaN;
  #headOrigin = Number.NaN;
  #count = 0;

  constructor([input]: readonly Series[], output: Series, period: number) {
    this.#input = input!;
    this.#output = output;
    this.#period = period;
    const length = Math.min(period, output.clock.bars.length + 1);
    this.#tailSums = new Float64Array(length).fill(Number.NaN, 1);
    this.#tailWeighted = new Float64Array(length).fill(Number.NaN, 1);
  }

  run(from: number, to: number): void {
    const { cells, mask } = this.#input;
    const { cells: out, mask: outMask } = this.#output;
    const period = this.#period;
    const meanPlace = (period + 1) / 2;
    const spread = (period * (period * period - 1)) / 12;
    const tailSums = this.#tailSums;
    const tailWeighted = this.#tailWeighted;
    let headSum = this.#headSum;
    let headWeighted = this.#headWeighted;
    let headOrigin = this.#headOrigin;
    let shift = this.#tailOrigin - headOrigin;
    let count = this.#count;
    for (let i = from; i < to; i++) {
      const value = cells[i & mask]!;
      if (!Number.isFinite(value)) {
        tailSums.fill(Number.NaN, 1);
        count = 0;
        out[i & outMask] = Number.NaN;
        continue;
      }
      if (count === 0) {
        headOrigin = value;
        headSum = 0;
        headWeighted = 0;
        shift = this.#tailOrigin - headOrigin;
      }
      const difference = value - headOrigin;
      count++;
      headSum += difference;
      headWeighted += count * difference;
      const tail = period - count;
      const tailSum = tailSums[tail]!;
      const sum = headSum + tailSum + tail * shift;
      const weighted = headWeighted + tail * headSum + tailWeighted[tail]! + ((tail * (tail + 1)) / 2) * shift;
      out[i & outMask] = (weighted - meanPlace * sum) / spread;
      if (count === period) {
        this.#keepTails(i);
        count = 0;
      }
    }
    this.#headSum = headSum;
    this.#headWeighted = headWeighted;
    this.#headOrigin = headOrigin;
    this.#count = count;
  }

  /** Bar `last` has filled the block. */
  #keepTails(last: number): void {
    const { cells, mask } = this.#input;
    const origin = cells[last & mask]!;
    let sum = 0;
    let weighted = 0;
    for (let n = 1; n < this.#period; n++) {
      sum += cells[(last + 1 - n) & mask]! - origin;
      // One more, older value at place 1 moves the others up by one.
      weighted += sum;
      this.#tailSums[n] = sum;
      this.#tailWeighted[n] = weighted;
    }
    this.#tailOrigin = origin;
  }
}
