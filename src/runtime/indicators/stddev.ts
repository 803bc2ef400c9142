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
    const { values, mask } = this.#input;
    const { values: out, mask: outMask } = this.#output;
    const period = this.#period;
    const isScore = this.#isScore;
    const tailSums = this.#tailSums;
    const tailSquares = this.#tailSquares;
    let headSum = this.#headSum;
    let headSquares = this.#headSquares;
    let headOrigin = this.#headOrigin;
    let shift = this.#tailOrigin - headOrigin;
    let count = this.#count;
    for (let i = from; i < to; i++) {
      const value = values[i & mask]!;
      if (!Number.isFinite(value)) {
        tailSums.fill(Number.NaN, 1);
        count = 0;
        out[i & outMask] = Number.NaN;
        continue;
      }
      if (count === 0) {
        headOrigin = value;
        headSum = 0;
        headSquares = 0;
        shift = this.#tailOrigin - headOrigin;
      }
      const difference = value - headOrigin;
      headSum += difference;
      headSquares += difference * difference;
      count++;
      const tail = period - count;
      const tailSum = tailSums[tail]!;
      const sum = headSum + tailSum + tail * shift;
      const squares = headSquares + tailSquares[tail]! + shift * (2 * tailSum + tail * shift);
      const deviation = Math.sqrt(period * squares - sum * sum) / period;
      if (!isScore) out[i & outMask] = deviation;
      else out[i & outMask] = deviation === 0 ? 0 : (difference - sum / period) / deviation;
      if (count === period) {
        this.#keepTails(i);
        count = 0;
      }
    }
    this.#headSum = headSum;
    this.#headSquares = headSquares;
    this.#headOrigin = headOrigin;
    this.#count = count;
  }

  /** Bar `last` has filled the block. */
  #keepTails(last: number): void {
    const { values, mask } = this.#input;
    const origin = values[last & mask]!;
    let sum = 0;
    let squares = 0;
    for (let n = 1; n < this.#period; n++) {
      const difference = values[(last + 1 - n) & mask]! - origin;
      sum += difference;
      squares += difference * difference;
      this.#tailSums[n] = sum;
      this.#tailSquares[n] = squares;
    }
    this.#tailOrigin = origin;
  }
}
