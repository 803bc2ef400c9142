import { checkPeriod, derive } from './derive.ts';
import type { Kernel } from './graph.ts';
import type { HighLowCloseVolume } from './high-low-close.ts';
import { moneyFlow } from './money-flow.ts';
import { rollingSum } from './rolling-sum.ts';
import type { Series } from './series.ts';

/**
 * Money flow index, 0 to 100: `100 * rising / moving`, the traded value of those of the last `period` bars whose typical
 * price `(high + low + close) / 3` rose, and of those where it rose or fell; 0 where nothing was traded on a move.
 * Defined from bar `period` on; an undefined input starts the warm-up anew.
 * Source: Quong and Soudack 1989, TA-Lib MFI (which is 0 also where the traded value is below 1).
 */
export function mfi(feed: HighLowCloseVolume, period = 14): Series {
  checkPeriod('mfi', 'period', period);
  const { rising, moving } = moneyFlow(feed);
  const sums = [rollingSum(moving, period), rollingSum(rising, period)];
  return derive(sums, 0, (inputs, output) => new Percentage(inputs, output));
}

class Percentage implements Kernel {
  readonly #inputs: readonly Series[];
  readonly #output: Series;

  constructor(inputs: readonly Series[], output: Series) {
    this.#inputs = inputs;
    this.#output = output;
  }

  run(from: number, to: number): void {
    const [{ values: wholes, mask: wholeMask }, { values: parts, mask: partMask }] = this.#inputs as [Series, Series];
    const { values: out, mask: outMask } = this.#output;
    for (let i = from; i < to; i++) {
      const whole = wholes[i & wholeMask]!;
      out[i & outMask] = whole === 0 ? 0 : (100 * parts[i & partMask]!) / whole;
    }
  }
}
