/**
 * One fill in the making: what sizing, costs, the account's checks and the journal hand on to each other. A run uses
 * the same object for all its fills.
 */
import { type Purchase, type Side, slippedPrice } from './costs.ts';
import { FILL_FLAG } from './fill-log.ts';
import type { Market } from './market.ts';
import type { SlippageModel } from './run-options.ts';

/** More than this share of a bar's volume in one fill is flagged. */
const LARGE_SHARE = 0.1;

export class Deal implements Purchase {
  market: Market;
  /** Signed: positive buys. */
  quantity = Number.NaN;
  /** Price before and after slippage. */
  raw = Number.NaN;
  price = Number.NaN;
  /** In cash. */
  fee = Number.NaN;
  /** Epoch milliseconds. */
  time = Number.NaN;
  /** Id of the order or target. */
  order = 0;
  /** Whether the bar could also have filled another side of the order's bracket. */
  isAmbiguous = false;
  // On what terms a size is afforded: see `Purchase`.
  unit = Number.NaN;
  weight = Number.NaN;
  side: Side = 1;

  constructor(market: Market) {
    this.market = market;
  }

  /** Starts the next deal, at `raw` before slippage. */
  begin(market: Market, raw: number, time: number, order: number, isAmbiguous: boolean): void {
    this.market = market;
    this.raw = raw;
    this.price = raw;
    this.time = time;
    this.order = order;
    this.isAmbiguous = isAmbiguous;
  }

  /** Worsens the price by slippage and half of the spread of the market's bar. */
  slip(model: SlippageModel, side: Side): void {
    const { bars, clock, product } = this.market;
    const halfSpread = bars.spread === undefined ? 0 : bars.spread[clock.index]! / 2;
    this.price = slippedPrice(model, this.raw, side, halfSpread, product.tick);
  }

  /** What slippage, half spread and the rounding to ticks cost, in cash. */
  get slippage(): number {
    if (this.price === this.raw) return 0;
    return (this.price - this.raw) * this.quantity * this.market.product.multiplier;
  }

  /** Sum of the `FILL_FLAG`s that apply. A price before slippage lies in the bar, so only a slipped one is compared. */
  get flags(): number {
    const { bars, clock } = this.market;
    const { price } = this;
    const isOutside = price !== this.raw && (price > bars.high[clock.index]! || price < bars.low[clock.index]!);
    const isLarge = isLargeShare(this.quantity, bars.volume[clock.index]!);
    return (
      (this.isAmbiguous ? FILL_FLAG.ambiguous : 0) +
      (isOutside ? FILL_FLAG.outsideBar : 0) +
      (isLarge ? FILL_FLAG.largeShare : 0)
    );
  }
}

/** Whether a fill takes more of its bar's volume than goes unnoticed; false where there is no volume. */
export function isLargeShare(quantity: number, volume: number): boolean {
  return volume > 0 && Math.abs(quantity) > LARGE_SHARE * volume;
}
