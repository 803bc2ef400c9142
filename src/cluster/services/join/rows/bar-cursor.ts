/** Walks through a dataset's bars along a run's steps. */
import { type Bars, closeTimeAt } from '../../../../runtime/market/bars.ts';

export interface Bar {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

export class BarCursor {
  readonly #bars: Bars;
  #at = 0;

  constructor(bars: Bars) {
    this.#bars = bars;
  }

  /** The bar that closed then, if one did. Times must not go back. */
  closedAt(time: number): Bar | undefined {
    const { open, high, low, close, volume, length } = this.#bars;
    while (this.#at < length && closeTimeAt(this.#bars, this.#at) < time) this.#at++;
    if (this.#at >= length || closeTimeAt(this.#bars, this.#at) !== time) return undefined;
    const value = (column: Float64Array) => column[this.#at] ?? Number.NaN;
    return { open: value(open), high: value(high), low: value(low), close: value(close), volume: value(volume) };
  }
}
