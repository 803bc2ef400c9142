import { checkPeriod, derive } from './derive.ts';
import { barsSinceExtreme } from './extreme.ts';
import type { Kernel } from './graph.ts';
import type { Series } from './series.ts';
import { weightedSum } from './weighted-sum.ts';

/** How recent the highest high and the lowest low are, 0 to 100, and the difference of the two. */
export type Aroon = {
  readonly up: Series;
  readonly down: Series;
  readonly oscillator: Series;
};

/**
 * Aroon: `up` is 100 when the current bar has the highest high of the last `period + 1`, 0 when that was `period` bars
 * ago; `down` likewise of the lowest low; of equal ones the newest counts. `oscillator = up - down`.
 * All three are defined from bar `period` on; an undefined input starts the warm-up anew.
 * Source: Chande 1995, TA-Lib AROON, AROONOSC.
 */
export function aroon({ high, low }: { readonly high: Series; readonly low: Series }, period = 25): Aroon {
  checkPeriod('aroon', 'period', period);
  const up = recency(barsSinceExtreme(high, period + 1, 1), period);
  const down = recency(barsSinceExtreme(low, period + 1, -1), period);
  return { up, down, oscillator: weightedSum(1, up, -1, down) };
}

function recency(barsSince: Series, period: number): Series {
  return derive(Recency, [barsSince], 0, period);
}

class Recency implements Kernel {
  readonly #input: Series;
  readonly #output: Series;
  readonly #period: number;

  constructor([input]: readonly Series[], output: Series, period: number) {
    this.#input = input!;
    this.#output = output;
    this.#period = period;
  }

  run(from: number, to: number): void {
    const { cells, mask } = this.#input;
    const { cells: out, mask: outMask } = this.#output;
    const period = this.#period;
    for (let i = from; i < to; i++) out[i & outMask] = (100 * (period - cells[i & mask]!)) / period;
  }
}
