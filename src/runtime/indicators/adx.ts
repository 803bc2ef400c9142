import { checkPeriod, deriveRecord } from './derive.ts';
import { FAINT_LIFT, FAINT_MOVE, FAINT_STRIDE } from './faint.ts';
import type { Kernel } from './graph.ts';
import type { HighLowClose } from './high-low-close.ts';
import type { Series } from './series.ts';

/** Strength of a trend, and the two directional indicators it comes from; 0 to 100. */
export type Adx = {
  readonly adx: Series;
  readonly plusDi: Series;
  readonly minusDi: Series;
};

const NAMES = ['adx', 'plusDi', 'minusDi'] as const;

/**
 * Average directional index. A bar's directional movement is how far its high lies above, or its low below, that of the
 * bar before: the larger one counts, if above 0. `plusDi` and `minusDi` are 100 times the movement up and down, divided
 * by the true range, each as a Wilder sum: `sum += new - sum / period`, seeded with the first `period - 1` bars.
 * `adx` is `100 * |plusDi - minusDi| / (plusDi + minusDi)` in Wilder's smoothing, seeded with the mean of the first
 * `period`. Without any range the indicators are 0; without any movement `adx` keeps its value.
 * All three are defined from bar `2 * period - 1` on; an undefined input starts the warm-up anew.
 * Source: Wilder 1978, TA-Lib ADX, PLUS_DI, MINUS_DI.
 */
export function adx({ high, low, close }: HighLowClose, period = 14): Adx {
  checkPeriod('adx', 'period', period);
  return deriveRecord(DirectionalIndex, [close, high, low], 0, NAMES, period);
}

class DirectionalIndex implements Kernel {
  readonly #inputs: readonly Series[];
  readonly #outputs: Adx;
  readonly #period: number;
  #previousClose = Number.NaN;
  #previousHigh = Number.NaN;
  #previousLow = Number.NaN;
  /** Wilder sums of the movement up and down, and of the true range. */
  #up = Number.NaN;
  #down = Number.NaN;
  #range = Number.NaN;
  /** The ADX, once `#count` has come to twice the period. */
  #mean = Number.NaN;
  #count = 0;

  constructor(inputs: readonly Series[], outputs: Adx, period: number) {
    this.#inputs = inputs;
    this.#outputs = outputs;
    this.#period = period;
  }

  run(from: number, to: number): void {
    const [closes, highs, lows] = this.#inputs as [Series, Series, Series];
    const { adx: outAdx, plusDi: outPlus, minusDi: outMinus } = this.#outputs;
    const period = this.#period;
    const kept = (period - 1) / period;
    let previousClose = this.#previousClose;
    let previousHigh = this.#previousHigh;
    let previousLow = this.#previousLow;
    let up = this.#up;
    let down = this.#down;
    let range = this.#range;
    let mean = this.#mean;
    let count = this.#count;
    for (let i = from; i < to; ) {
      if (i % FAINT_STRIDE === 0 && range < FAINT_MOVE) {
        up *= FAINT_LIFT;
        down *= FAINT_LIFT;
        range *= FAINT_LIFT;
      }
      const end = Math.min(to, i - (i % FAINT_STRIDE) + FAINT_STRIDE);
      for (; i < end; i++) {
        const close = closes.cells[i & closes.mask]!;
        const high = highs.cells[i & highs.mask]!;
        const low = lows.cells[i & lows.mask]!;
        const rise = high - previousHigh;
        const fall = previousLow - low;
        const trueRange = Math.max(high, previousClose) - Math.min(low, previousClose);
        previousClose = close;
        previousHigh = high;
        previousLow = low;
        if (!Number.isFinite(close + high + low)) count = -1;
        else if (count === 0) up = down = range = mean = 0;
        else {
          const weight = count < period ? 1 : kept;
          up = weight * up + (rise > fall && rise > 0 ? rise : 0);
          down = weight * down + (fall > rise && fall > 0 ? fall : 0);
          range = weight * range + trueRange;
          if (count >= period) {
            const before = count < 2 * period ? 0 : mean;
            const index = up + down === 0 ? before : (100 * Math.abs(up - down)) / (up + down);
            mean += (index - before) / period;
          }
        }
        count = Math.min(count + 1, 2 * period);
        const isDefined = count === 2 * period;
        outAdx.cells[i & outAdx.mask] = isDefined ? mean : Number.NaN;
        outPlus.cells[i & outPlus.mask] = isDefined ? percentage(up, range) : Number.NaN;
        outMinus.cells[i & outMinus.mask] = isDefined ? percentage(down, range) : Number.NaN;
      }
    }
    this.#previousClose = previousClose;
    this.#previousHigh = previousHigh;
    this.#previousLow = previousLow;
    this.#up = up;
    this.#down = down;
    this.#range = range;
    this.#mean = mean;
    this.#count = count;
  }
}

function percentage(part: number, whole: number): number {
  return whole === 0 ? 0 : (100 * part) / whole;
}
