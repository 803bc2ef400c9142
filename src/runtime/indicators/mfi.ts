import { checkPeriod, derive } from './derive.ts';
import type { Kernel } from './graph.ts';
import type { HighLowCloseVolume } from './high-low-close.ts';
import { blockTails, sumTails } from './rolling-sum.ts';
import type { Series } from './series.ts';

/**
 * Money flow index, 0 to 100: `100 * rising / moving`, the traded value of those of the last `period` bars whose
 * typical price `(high + low + close) / 3` rose, and of those where it moved; 0 where there are none.
 * Defined from bar `period` on; an undefined input starts the warm-up anew.
 * Source: Quong and Soudack 1989, TA-Lib MFI (which is 0 also where the traded value is below 1).
 */
export function mfi({ high, low, close, volume }: HighLowCloseVolume, period = 14): Series {
  checkPeriod('mfi', 'period', period);
  return derive(Mfi, [close, high, low, volume], 0, period);
}

/** Both sums as in rolling-sum.ts. */
class Mfi implements Kernel {
  readonly #inputs: readonly Series[];
  readonly #output: Series;
  readonly #period: number;
  readonly #risingTails: Float64Array;
  readonly #movingTails: Float64Array;
  #rising = Number.NaN;
  #moving = Number.NaN;
  #previous = Number.NaN;
  #count = 0;

  constructor(inputs: readonly Series[], output: Series, period: number) {
    this.#inputs = inputs;
    this.#output = output;
    this.#period = period;
    this.#risingTails = blockTails(period, output.clock.bars.length);
    this.#movingTails = blockTails(period, output.clock.bars.length);
  }

  run(from: number, to: number): void {
    const [
      { cells: closes, mask: closeMask },
      { cells: highs, mask: highMask },
      { cells: lows, mask: lowMask },
      { cells: volumes, mask: volumeMask },
    ] = this.#inputs as [Series, Series, Series, Series];
    const { cells: out, mask: outMask } = this.#output;
    const period = this.#period;
    const risingTails = this.#risingTails;
    const movingTails = this.#movingTails;
    let rising = this.#rising;
    let moving = this.#moving;
    let previous = this.#previous;
    let count = this.#count;
    for (let i = from; i < to; i++) {
      const price = (highs[i & highMask]! + lows[i & lowMask]! + closes[i & closeMask]!) / 3;
      const flow = price * volumes[i & volumeMask]!;
      const change = price - previous;
      previous = Number.isFinite(flow) ? price : Number.NaN;
      if (!Number.isFinite(flow + change)) {
        risingTails.fill(Number.NaN, 0, period);
        movingTails.fill(Number.NaN, 0, period);
        count = 0;
        out[i & outMask] = Number.NaN;
        continue;
      }
      // Products, because processors cannot foresee which way prices go.
      const moved = flow * Number(change !== 0);
      const rose = flow * Number(change > 0);
      rising = count === 0 ? rose : rising + rose;
      moving = count === 0 ? moved : moving + moved;
      risingTails[count] = rose;
      movingTails[count++] = moved;
      const part = rising + risingTails[count]!;
      const whole = moving + movingTails[count]!;
      out[i & outMask] = whole === 0 ? 0 : (100 * part) / whole;
      if (count === period) {
        sumTails(risingTails, period);
        sumTails(movingTails, period);
        count = 0;
      }
    }
    this.#rising = rising;
    this.#moving = moving;
    this.#previous = previous;
    this.#count = count;
  }
}
