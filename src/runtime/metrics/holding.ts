/** One product of a benchmark: bought once, with the run's own costs, and never sold. */
import { affordableSize, type FeeFunction, feeOf, slippedPrice, toLot } from '../engine/costs.ts';
import type { RunOptions } from '../engine/run-options.ts';
import { type Bars, closeTimeAt } from '../market/bars.ts';
import type { Dataset } from '../market/dataset.ts';

export class Holding {
  readonly #bars: Bars;
  /** Cash value of a price of 1. */
  readonly #units: number;
  readonly #cost: number;
  #next: number;
  /** When the next bar closes; infinite after the last. */
  nextTime: number;
  /** Profit so far, in cash. */
  profit = 0;

  /** Spends at most `cash` at the open of the first bar that closes after `startTime`; buys nothing where that is too little. */
  constructor(feed: Dataset, cash: number, startTime: number, options: RunOptions, ownFee?: FeeFunction) {
    const { bars, product } = feed;
    this.#bars = bars;
    this.#next = firstBarAfter(bars, startTime);
    this.nextTime = this.#timeOfNext();
    if (this.#next === bars.length) {
      this.#units = 0;
      this.#cost = 0;
      return;
    }
    const halfSpread = (bars.spread?.[this.#next] ?? 0) / 2;
    const price = slippedPrice(options.slippage, bars.open[this.#next]!, 1, halfSpread, product.tick);
    const affordable = affordableSize(options.fee, product, cash, price, 1, ownFee);
    const quantity = toLot(affordable, options.lot ?? product.lot);
    const fee = quantity === 0 ? 0 : feeOf(options.fee, product, quantity, price, false, ownFee);
    this.#units = quantity * product.multiplier;
    this.#cost = this.#units * price + fee;
  }

  /** Takes the next bar in. */
  advance(): void {
    this.profit = this.#units * this.#bars.close[this.#next]! - this.#cost;
    this.#next++;
    this.nextTime = this.#timeOfNext();
  }

  #timeOfNext(): number {
    return this.#next < this.#bars.length ? closeTimeAt(this.#bars, this.#next) : Number.POSITIVE_INFINITY;
  }
}

function firstBarAfter(bars: Bars, time: number): number {
  let low = 0;
  let high = bars.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (closeTimeAt(bars, middle) > time) high = middle;
    else low = middle + 1;
  }
  return low;
}
