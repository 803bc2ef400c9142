/** One product of the account: its traded feed, its position, and the target that waits for its next bar. */

import type { Clock } from '../indicators/clock.ts';
import { type Bars, closeTimeAt } from '../market/bars.ts';
import type { Product } from '../market/product.ts';
import type { Bracket } from '../sdk/orders.ts';
import { toLot } from './costs.ts';

const DAY_MS = 86_400_000;
/** Bars this long are a session each: a New York trading day lasts 6.5 hours. */
const SHORTEST_DAY_MS = 6 * 3_600_000 + 1;

/**
 * The target that waits to be traded. One slot per product, used again and again: targets are many, and made of
 * numbers.
 */
export class TargetSlot {
  isPending = false;
  id = 0;
  /** Fraction of equity, or NaN for a target of a quantity. */
  fraction = Number.NaN;
  /** Quantity to hold, or NaN for a fraction that is sized at the fill. */
  quantity = Number.NaN;
  /** Whether it was asked to hold nothing; a quantity of 0 may also be less than a lot. */
  isFlat = false;
  /** Epoch milliseconds. */
  submitted = Number.NaN;
  /** First bar of the product that it may trade in. */
  liveFrom = 0;
  bracket: Bracket | undefined = undefined;
}

export class Market {
  readonly index: number;
  readonly product: Product;
  /** Clock of the product's finest feed: the one whose bars fill orders. */
  readonly clock: Clock;
  readonly bars: Bars;
  readonly lot: number;
  // Fields start as doubles, so that their type never changes under compiled code.
  quantity = Number.NaN;
  averagePrice = Number.NaN;
  /** The last accepted target: a fraction, or a quantity; NaN when cleared. */
  lastFraction = Number.NaN;
  lastQuantity = Number.NaN;
  readonly target = new TargetSlot();
  /** Prices that no open order needs: a bar strictly between them changes nothing. */
  quietAbove = Number.NaN;
  quietBelow = Number.NaN;
  /** The last bar that was counted as ambiguous. */
  ambiguousBar = Number.NaN;
  /** Volume that this bar's fills may still take. */
  volumeLeft = Number.NaN;

  constructor(index: number, product: Product, clock: Clock, lot: number) {
    this.index = index;
    this.product = product;
    this.clock = clock;
    this.bars = clock.bars;
    this.lot = lot;
    this.quantity = 0;
    this.lastFraction = 0;
    this.lastQuantity = 0;
    this.volumeLeft = Number.POSITIVE_INFINITY;
    this.quietAbove = Number.POSITIVE_INFINITY;
    this.quietBelow = Number.NEGATIVE_INFINITY;
  }

  /** Close of the last known bar; NaN before the first. */
  get lastPrice(): number {
    return this.clock.index < 0 ? Number.NaN : this.bars.close[this.clock.index]!;
  }

  /** Value of the position at `price`, signed, in cash. */
  valueAt(price: number): number {
    return this.quantity === 0 ? 0 : this.quantity * price * this.product.multiplier;
  }

  floorToLot(quantity: number): number {
    return toLot(quantity, this.lot);
  }

  /**
   * Whether the current bar is its session's last. Where the data end without saying, only a bar that is a day, or ends
   * with a UTC day, is.
   */
  get endsSession(): boolean {
    const { bars } = this;
    const { index } = this.clock;
    if (index + 1 < bars.length) return bars.session[index + 1] !== bars.session[index];
    if (bars.endsSession !== undefined) return bars.endsSession;
    return bars.durationMs >= SHORTEST_DAY_MS || closeTimeAt(bars, index) % DAY_MS === 0;
  }

  /** The first bar that an order submitted at `now` (epoch ms) may fill in: the next one that opens then or later. */
  firstBarFrom(now: number): number {
    let index = this.clock.index + 1;
    if (this.clock.isNew) return index;
    while (index < this.bars.length && this.bars.time[index]! < now) index++;
    return index;
  }

  /** The first of its bars `[from, to)` whose range leaves the quiet prices; `to` where all stay within. */
  nextDisturbed(from: number, to: number): number {
    const { high, low } = this.bars;
    const { quietAbove, quietBelow } = this;
    let i = from;
    while (i < to && high[i]! < quietAbove && low[i]! > quietBelow) i++;
    return i;
  }

  /** Any order or fill other than a target makes the next target trade again. */
  forgetTarget(): void {
    this.lastFraction = Number.NaN;
    this.lastQuantity = Number.NaN;
  }
}
