import { checkPeriod, derive } from './derive.ts';
import type { Kernel } from './graph.ts';
import type { Series } from './series.ts';

/**
 * Linearly weighted moving average: the newest of the last `period` values weighs `period`, the oldest 1.
 * Defined from bar `period - 1` on; an undefined input starts the warm-up anew. Source: TA-Lib WMA.
 */
export function wma(source: Series, period: number): Series {
  checkPeriod('wma', 'period', period);
  return derive(Wma, [source], period, period);
}

/**
 * Two running sums, replaced every `period` values by sums that were added up anew meanwhile: an error of the plain
 * sum would otherwise enter the weighted sum again on every bar.
 */
class Wma implements Kernel {
  readonly #input: Series;
  readonly #output: Series;
  readonly #period: number;
  #sum = Number.NaN;
  #weighted = Number.NaN;
  #freshSum = Number.NaN;
  #freshWeighted = Number.NaN;
  #freshCount = 0;
  #isDefined = false;

  constructor([input]: readonly Series[], output: Series, period: number) {
    this.#input = input!;
    this.#output = output;
    this.#period = period;
  }

  run(from: number, to: number): void {
    const { cells, mask } = this.#input;
    const { cells: out, mask: outMask } = this.#output;
    const period = this.#period;
    const weights = (period * (period + 1)) / 2;
    let sum = this.#sum;
    let weighted = this.#weighted;
    let freshSum = this.#freshSum;
    let freshWeighted = this.#freshWeighted;
    let freshCount = this.#freshCount;
    let isDefined = this.#isDefined;
    for (let i = from; i < to; i++) {
      const value = cells[i & mask]!;
      if (!Number.isFinite(value)) {
        isDefined = false;
        freshCount = 0;
      } else {
        freshCount++;
        freshSum = freshCount === 1 ? value : freshSum + value;
        freshWeighted = freshCount === 1 ? value : freshWeighted + freshCount * value;
        if (freshCount === period) {
          sum = freshSum;
          weighted = freshWeighted;
          freshCount = 0;
          isDefined = true;
        } else if (isDefined) {
          weighted += period * value - sum;
          sum += value - cells[(i - period) & mask]!;
        }
      }
      out[i & outMask] = isDefined ? weighted / weights : Number.NaN;
    }
    this.#sum = sum;
    this.#weighted = weighted;
    this.#freshSum = freshSum;
    this.#freshWeighted = freshWeighted;
    this.#freshCount = freshCount;
    this.#isDefined = isDefined;
  }
}
