/**
 * The account: cash, positions, and the two rules of what may be held. Gross exposure stays within leverage times
 * equity, and nothing is sold short unless shorts are allowed. Both are checked at the fill, with the fill's price.
 * Invariant: equity = cash + value of all positions, after every fill.
 */
import { assert } from '../base/assert.ts';
import { type FeeFunction, feeOf } from './costs.ts';
import type { Deal } from './deal.ts';
import type { Market } from './market.ts';
import type { EndReason } from './order-log.ts';
import type { RunOptions } from './run-options.ts';

/** Rounding that a check forgives, as a fraction of equity: far below a cent, far above the error of float64. */
const TOLERANCE = 1e-9;

export class Ledger {
  readonly markets: readonly Market[];
  readonly options: RunOptions;
  readonly #ownFee: FeeFunction | undefined;
  cash = Number.NaN;
  /** Whether equity could be zero or fall to it: something is short, or bought on credit, or nothing is left. */
  atRisk = false;
  /** What the trades of this step have cost so far, fees and slippage. */
  stepCosts = Number.NaN;
  /** Whether any position is held. */
  isInvested = false;
  /** The moment of the step that runs: positions with a new bar are valued at its open until it closes. */
  atOpen = false;

  constructor(markets: readonly Market[], options: RunOptions, ownFee: FeeFunction | undefined) {
    this.markets = markets;
    this.options = options;
    this.#ownFee = ownFee;
    this.cash = options.cash;
  }

  get ownFee(): FeeFunction | undefined {
    return this.#ownFee;
  }

  /** Whether more was bought than there was cash for. */
  get isOnCredit(): boolean {
    return this.cash < -TOLERANCE * this.options.cash;
  }

  get equity(): number {
    return this.equityWith(undefined, Number.NaN);
  }

  /** Equity with `market` valued at `price`. */
  equityWith(market: Market | undefined, price: number): number {
    let equity = this.cash;
    for (const each of this.markets) equity += each.valueAt(each === market ? price : this.markOf(each));
    return equity;
  }

  /** Value of all positions regardless of their side, `market` left out. */
  exposureBeside(market: Market | undefined): number {
    let exposure = 0;
    for (const each of this.markets) if (each !== market) exposure += Math.abs(each.valueAt(this.markOf(each)));
    return exposure;
  }

  /** The price that a position is valued at now. */
  markOf(market: Market): number {
    return this.atOpen && market.clock.isNew ? market.bars.open[market.clock.index]! : market.lastPrice;
  }

  feeFor(market: Market, quantity: number, price: number, maker: boolean): number {
    return feeOf(this.options.fee, market.product, quantity, price, maker, this.#ownFee);
  }

  /** Why the fill may not happen; `none` if it may. A fill that only reduces a position is always allowed. */
  refusal({ market, quantity, price, fee }: Deal): EndReason {
    const held = market.quantity;
    const after = leftAfter(quantity, held + quantity);
    if (after < 0 && after < held && !this.options.allowShort) return 'short-not-allowed';
    if (held * quantity < 0 && Math.abs(quantity) <= Math.abs(held) * (1 + TOLERANCE)) return 'none';
    return this.canHold(market, after, price, fee) ? 'none' : 'buying-power';
  }

  /**
   * Whether gross exposure stays within bounds with `quantity` held at `price` after a fill that costs `fee`. At a
   * price of nothing any quantity would, so none does.
   */
  canHold(market: Market, quantity: number, price: number, fee: number): boolean {
    let exposure = 0;
    let equity = this.cash;
    for (const each of this.markets) {
      const value = each.valueAt(each === market ? price : this.markOf(each));
      equity += value;
      if (each !== market) exposure += Math.abs(value);
    }
    exposure += Math.abs(quantity * price * market.product.multiplier);
    equity -= fee;
    return price > 0 && exposure <= this.options.leverage * equity + TOLERANCE * Math.abs(equity);
  }

  /** Moves cash and position. Prices include slippage. */
  apply(deal: Deal): void {
    const { market, quantity, price, fee } = deal;
    assert(quantity !== 0 && Number.isFinite(quantity * price), 'a fill moves the position at a finite price');
    const held = market.quantity;
    const after = leftAfter(quantity, held + quantity);
    this.cash -= quantity * price * market.product.multiplier + fee;
    this.stepCosts += fee + deal.slippage;
    if (after === 0) market.averagePrice = Number.NaN;
    else if (held === 0 || held * after < 0) market.averagePrice = price;
    else if (held * quantity > 0) market.averagePrice = (held * market.averagePrice + quantity * price) / after;
    market.quantity = after;
    this.look();
  }

  /** Cash comes in without a fill, or leaves where it is negative. */
  receive(amount: number): void {
    this.cash += amount;
    this.look();
  }

  /** After a change of cash or positions. */
  look(): void {
    let isInvested = false;
    let isShort = false;
    for (const { quantity } of this.markets) {
      if (quantity !== 0) isInvested = true;
      if (quantity < 0) isShort = true;
    }
    this.isInvested = isInvested;
    this.atRisk = isShort || this.isOnCredit || (!isInvested && this.cash <= 0);
  }
}

/** What a fill of `quantity` leaves of a position, an order or a bar's volume: rounding is nothing. */
export function leftAfter(quantity: number, left: number): number {
  return Math.abs(left) <= 1e-12 * Math.abs(quantity) ? 0 : left;
}
