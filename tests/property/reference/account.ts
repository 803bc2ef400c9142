/** Cash and one position: what a fill costs, whether it may be paid, and how much a target is. */
import type { RunOptions } from '../../../src/runtime/engine/run-options.ts';
import { floorToLot, roundToTick } from './rounding.ts';

/** A difference this small, as a fraction of the account, is rounding. */
const DUST = 1e-9;

/** What is traded. */
export interface Traded {
  readonly lot: number;
  readonly tick: number;
  /** Cash value of a price move of 1. */
  readonly multiplier: number;
  /** Ask minus bid. */
  readonly spread: number;
}

export type Refusal = 'short-not-allowed' | 'buying-power';

export class ReferenceAccount {
  readonly #options: RunOptions;
  readonly #traded: Traded;
  cash: number;
  position = 0;

  constructor(options: RunOptions, traded: Traded) {
    this.#options = options;
    this.#traded = traded;
    this.cash = options.cash;
  }

  /** With the position valued at a price. */
  equity(price: number): number {
    return this.cash + this.#value(this.position, price);
  }

  /** Interest and the fee for borrowed shares, for the days since the last close of another session. */
  carry(close: number, days: number): void {
    const { interest = 0, marginInterest = interest, borrow = 0 } = this.#options;
    const years = days / 365;
    const borrowed = this.#value(Math.max(0, -this.position), close);
    // What a short sale brought in is its security.
    const free = this.cash - borrowed;
    this.cash += free * (free > 0 ? interest : marginInterest) * years - borrowed * borrow * years;
  }

  isShortOfMargin(close: number): boolean {
    const { maintenanceMargin = 0 } = this.#options;
    return this.equity(close) < maintenanceMargin * this.#value(Math.abs(this.position), close);
  }

  #value(quantity: number, price: number): number {
    return quantity * price * this.#traded.multiplier;
  }

  /** What a buyer, side 1, pays more and a seller gets less. */
  worsened(price: number, side: 1 | -1): number {
    const { slippage } = this.#options;
    const { spread, tick } = this.#traded;
    const slipped = slippage.kind === 'rate' ? price * slippage.rate : slippage.kind === 'fixed' ? slippage.perUnit : 0;
    return roundToTick(price + side * (slipped + spread / 2), side, tick);
  }

  fee(quantity: number, price: number, makes: boolean): number {
    const { fee } = this.#options;
    const size = Math.abs(quantity);
    switch (fee.kind) {
      case 'rate':
        return this.#value(size, price) * fee.rate;
      case 'maker-taker':
        return this.#value(size, price) * (makes ? fee.maker : fee.taker);
      case 'per-share':
        return Math.max(fee.min, size * fee.perShare);
      case 'fixed':
        return fee.perFill;
      default:
        return 0;
    }
  }

  /** Why a fill is refused, if it is; the position is valued at the price of the fill. */
  refusal(quantity: number, price: number, fee: number): Refusal | undefined {
    const { leverage, allowShort } = this.#options;
    const after = this.position + quantity;
    const isNothing = Math.abs(after) <= DUST * Math.abs(quantity);
    const isReduced = isNothing || (after * this.position > 0 && Math.abs(after) <= Math.abs(this.position));
    if (isReduced) return undefined;
    if (after < 0 && !allowShort) return 'short-not-allowed';
    const equity = this.equity(price) - fee;
    const value = this.#value(Math.abs(after), price);
    return value > leverage * equity + DUST * Math.max(value, Math.abs(equity)) ? 'buying-power' : undefined;
  }

  book(quantity: number, price: number, fee: number): void {
    this.cash -= this.#value(quantity, price) + fee;
    const after = this.position + quantity;
    this.position = Math.abs(after) <= DUST * Math.abs(quantity) ? 0 : after;
  }

  /**
   * The position that a fraction of equity is, at a price: its value, and what getting there costs times the leverage,
   * are the fraction together.
   */
  positionFor(fraction: number, market: number): number {
    if (fraction === 0) return 0;
    const side = fraction > 0 ? 1 : -1;
    const budget = Math.abs(fraction) * this.equity(market);
    const held = side * this.position;
    const worth = this.#value(1, market);
    if (Math.abs(budget - held * worth) <= DUST * this.equity(market)) return this.position;
    const needed = (size: number): number => size * worth + this.#options.leverage * this.#costOf(size, side, market);
    // More than that is never needed; less than nothing would be the other side.
    const [low, high] = held * worth < budget ? [held, budget / worth] : [0, held];
    const size = largestWithin(needed, budget, low, high);
    return floorToLot(side * Math.max(0, size), this.#traded.lot);
  }

  /** Fee and slippage of trading from what is held to a size. */
  #costOf(size: number, side: 1 | -1, market: number): number {
    const change = side * size - this.position;
    if (change === 0) return 0;
    const price = this.worsened(market, change > 0 ? 1 : -1);
    return this.fee(change, price, false) + this.#value(Math.abs(change), Math.abs(price - market));
  }
}

/** The largest value between two whose need fits into a budget, the lower one where none does. */
function largestWithin(needed: (value: number) => number, budget: number, from: number, to: number): number {
  if (needed(to) <= budget) return to;
  let [low, high] = [from, to];
  for (let round = 0; round < 200; round++) {
    const middle = (low + high) / 2;
    if (needed(middle) <= budget) low = middle;
    else high = middle;
  }
  return low;
}
