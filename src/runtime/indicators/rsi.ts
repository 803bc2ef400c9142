import { checkPeriod, derive } from './derive.ts';
import { FAINT_LIFT, FAINT_MOVE, FAINT_STRIDE } from './faint.ts';
import type { Kernel } from './graph.ts';
import type { Series } from './series.ts';

/**
 * Relative strength index: `100 * gain / (gain + loss)`, the mean rise and the mean fall in Wilder's smoothing, seeded
 * with the simple means of the first `period` changes. 0 where nothing has ever moved, as in TA-Lib.
 * Defined from bar `period` on; an undefined input starts the warm-up anew. Source: Wilder 1978, TA-Lib RSI.
 */
export function rsi(source: Series, period: number): Series {
  checkPeriod('rsi', 'period', period);
  return derive(Rsi, [source], 0, period);
}

class Rsi implements Kernel {
  readonly #input: Series;
  readonly #output: Series;
  readonly #period: number;
  #previous = Number.NaN;
  /** Mean rise, and mean move in either direction: the sum of mean rise and mean fall. */
  #rise = Number.NaN;
  #move = Number.NaN;
  #count = 0;

  constructor([input]: readonly Series[], output: Series, period: number) {
    this.#input = input!;
    this.#output = output;
    this.#period = period;
  }

  run(from: number, to: number): void {
    const { cells, mask } = this.#input;
    const { cells: out, mask: outMask } = this.#output;
    const period = this.#period;
    const weight = 1 / period;
    const kept = (period - 1) / period;
    let previous = this.#previous;
    let rise = this.#rise;
    let move = this.#move;
    let count = this.#count;
    for (let i = from; i < to; ) {
      if (i % FAINT_STRIDE === 0 && move < FAINT_MOVE) {
        rise *= FAINT_LIFT;
        move *= FAINT_LIFT;
      }
      const end = Math.min(to, i - (i % FAINT_STRIDE) + FAINT_STRIDE);
      for (; i < end; i++) {
        const value = cells[i & mask]!;
        const change = value - previous;
        const distance = Math.abs(change);
        if (!Number.isFinite(value)) count = 0;
        else if (count > period) {
          rise = kept * rise + weight * 0.5 * (distance + change);
          move = kept * move + weight * distance;
        } else {
          rise = count === 0 ? 0 : rise + weight * 0.5 * (distance + change);
          move = count === 0 ? 0 : move + weight * distance;
          count++;
        }
        previous = value;
        out[i & outMask] = count <= period ? Number.NaN : move === 0 ? 0 : (100 * rise) / move;
      }
    }
    this.#previous = previous;
    this.#rise = rise;
    this.#move = move;
    this.#count = count;
  }
}
