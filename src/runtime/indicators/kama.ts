import { checkPeriod, derive } from './derive.ts';
import type { Kernel } from './graph.ts';
import { rollingSum } from './rolling-sum.ts';
import type { Series } from './series.ts';
import { stepLength } from './step-length.ts';

/**
 * Kaufman's adaptive moving average, quick in a trend and slow in noise: `mean += weight * (value - mean)`. `weight` is
 * the square of a number between `2 / (slow + 1)` and `2 / (fast + 1)`, in proportion to the efficiency: the change
 * over `period` bars divided by the path, the sum of the changes of each bar; 1 where nothing moves.
 * Seeded with the value of bar `period - 1`; defined from bar `period` on; an undefined input starts the warm-up anew.
 * Source: Kaufman 1995, TA-Lib KAMA.
 */
export function kama(source: Series, period = 10, fast = 2, slow = 30): Series {
  checkPeriod('kama', 'period', period);
  checkPeriod('kama', 'fast', fast);
  checkPeriod('kama', 'slow', slow);
  const path = rollingSum(stepLength(source), period);
  return derive(Kama, [source, path], period, period, slow, fast);
}

class Kama implements Kernel {
  readonly #inputs: readonly Series[];
  readonly #output: Series;
  readonly #period: number;
  readonly #slowest: number;
  readonly #fastest: number;
  #mean = Number.NaN;

  constructor(inputs: readonly Series[], output: Series, period: number, slow: number, fast: number) {
    this.#inputs = inputs;
    this.#output = output;
    this.#period = period;
    this.#slowest = 2 / (slow + 1);
    this.#fastest = 2 / (fast + 1);
  }

  run(from: number, to: number): void {
    const [{ cells, mask }, { cells: paths, mask: pathMask }] = this.#inputs as [Series, Series];
    const { cells: out, mask: outMask } = this.#output;
    const period = this.#period;
    const slowest = this.#slowest;
    const span = this.#fastest - slowest;
    let mean = this.#mean;
    for (let i = from; i < to; i++) {
      const value = cells[i & mask]!;
      const path = paths[i & pathMask]!;
      if (Number.isNaN(path)) {
        mean = value;
        out[i & outMask] = Number.NaN;
        continue;
      }
      const change = Math.abs(value - cells[(i - period) & mask]!);
      const weight = slowest + span * (change >= path ? 1 : change / path);
      mean += weight * weight * (value - mean);
      out[i & outMask] = mean;
    }
    this.#mean = mean;
  }
}
