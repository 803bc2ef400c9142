/**
 * Carries out one fill: how much, at what price after slippage, at what fee, and whether the account may. What follows
 * a fill happens here too: brackets come to life, groups shrink or end, the strategy is told.
 */
import type { Fill } from '../sdk/orders.ts';
import { activateBracket } from './bracket.ts';
import { type Side, slippedPrice } from './costs.ts';
import type { EquityCurve } from './equity-curve.ts';
import { FILL_FLAG } from './fill-log.ts';
import type { Journal } from './journal.ts';
import type { Ledger } from './ledger.ts';
import type { Market, TargetSlot } from './market.ts';
import { OpenOrder } from './open-order.ts';
import type { OrderBook } from './order-book.ts';
import { quantityForFraction, sideForFraction } from './target-size.ts';

/** More than this share of a bar's volume in one fill is flagged. */
const LARGE_SHARE = 0.1;

export class Execution {
  readonly ledger: Ledger;
  readonly book: OrderBook;
  readonly #journal: Journal;
  readonly #curve: EquityCurve;
  /** The step that is being settled. */
  step = 0;
  /** Fills of the step that `onFill` has not seen yet; absent when nobody listens. */
  readonly unseen: Fill[] | undefined;

  constructor(parts: { ledger: Ledger; book: OrderBook; journal: Journal; curve: EquityCurve; listens: boolean }) {
    this.ledger = parts.ledger;
    this.book = parts.book;
    this.#journal = parts.journal;
    this.#curve = parts.curve;
    this.unseen = parts.listens ? [] : undefined;
  }

  /**
   * Fills an order at `price`, before slippage; `time` in epoch milliseconds. `ambiguous`: the bar could also have
   * filled another side of its bracket.
   */
  order(order: OpenOrder, price: number, time: number, maker: boolean, ambiguous = false): void {
    const { market } = order;
    const quantity = this.#fillable(order);
    if (quantity === 0) return;
    const isLimit = order.kind === 'limit' || order.kind === 'stop-limit';
    const paid = isLimit ? price : this.#slipped(market, price, order.side);
    const fee = this.ledger.feeFor(market, quantity, paid, maker);
    const refusal = this.ledger.refusal(market, quantity, paid, fee);
    if (refusal !== 'none') {
      market.forgetTarget();
      this.book.end(order, 'rejected', refusal, time);
      return;
    }
    this.#apply(market, quantity, price, paid, fee, order.id, time, ambiguous);
    this.#afterOrderFill(order, quantity, paid, price, time);
    const told = order.kind === 'target' ? undefined : order;
    this.unseen?.push({ product: order.product, quantity, price: paid, fee, time, order: told });
  }

  /** Trades a market's pending target at the open of its current bar. */
  target(market: Market, target: TargetSlot, time: number): void {
    target.isPending = false;
    const open = market.bars.open[market.clock.index]!;
    const equity = this.ledger.equityWith(market, open);
    const side = Number.isNaN(target.quantity)
      ? sideForFraction(market, target.fraction, equity, open)
      : sideTowards(target.quantity, market);
    const price = this.#slipped(market, open, side);
    const quantity = Number.isNaN(target.quantity)
      ? quantityForFraction(this.ledger, market, target.fraction, equity, open, price)
      : target.quantity - market.quantity;
    if (quantity * side <= 0) {
      this.#emptyTarget(market, target, time);
    } else if (target.bracket !== undefined || this.ledger.options.maxParticipation !== undefined) {
      this.#targetAsOrder(market, target, quantity, open, time);
    } else {
      this.#wholeTarget(market, target, quantity, open, price, time);
    }
  }

  /** A target that asks for no trade: it is reached already, or less than a lot. */
  #emptyTarget(market: Market, target: TargetSlot, time: number): void {
    const isReached = market.quantity !== 0 || target.fraction === 0 || target.quantity === 0;
    if (isReached) {
      this.#journal.target(market, target, 'cancelled', 'nothing-to-do', 0, time);
      return;
    }
    this.#journal.target(market, target, 'rejected', 'below-lot', 0, time);
    market.forgetTarget();
  }

  #wholeTarget(market: Market, target: TargetSlot, quantity: number, open: number, price: number, time: number): void {
    const fee = this.ledger.feeFor(market, quantity, price, false);
    const reason = this.ledger.refusal(market, quantity, price, fee);
    const state = reason === 'none' ? 'filled' : 'rejected';
    this.#journal.target(market, target, state, reason, quantity, time);
    if (reason !== 'none') {
      market.forgetTarget();
      return;
    }
    this.#apply(market, quantity, open, price, fee, target.id, time, false);
    this.book.closeProtection(market, time);
    this.unseen?.push({ product: market.product.id, quantity, price, fee, time, order: undefined });
  }

  /** A target that may fill in parts, or protects itself, lives on as an order. */
  #targetAsOrder(market: Market, target: TargetSlot, quantity: number, open: number, time: number): void {
    const { id, submitted, fraction, liveFrom, bracket } = target;
    const order = new OpenOrder({ id, market, kind: 'target', quantity, bracket, submitted, liveFrom, fraction });
    this.book.add(order);
    this.order(order, open, time, false);
  }

  /** What the order may fill now: no more than it protects, and no more than the bar's volume allows. */
  #fillable(order: OpenOrder): number {
    const { market, remaining } = order;
    const wanted = order.isProtective
      ? order.side * Math.min(Math.abs(remaining), Math.abs(market.quantity))
      : remaining;
    if (Math.abs(wanted) <= market.volumeLeft) return wanted;
    return market.floorToLot(order.side * market.volumeLeft);
  }

  #slipped(market: Market, price: number, side: Side): number {
    const { spread } = market.bars;
    const halfSpread = spread === undefined ? 0 : spread[market.clock.index]! / 2;
    return slippedPrice(this.ledger.options.slippage, price, side, halfSpread, market.product.tick);
  }

  #apply(
    market: Market,
    quantity: number,
    raw: number,
    price: number,
    fee: number,
    order: number,
    time: number,
    ambiguous: boolean,
  ): void {
    this.#curve.markTo(this.step);
    this.ledger.apply(market, quantity, price, fee);
    market.volumeLeft -= Math.abs(quantity);
    const slippage = price === raw ? 0 : (price - raw) * quantity * market.product.multiplier;
    this.ledger.stepCosts += fee + slippage;
    const flags = (ambiguous ? FILL_FLAG.ambiguous : 0) + flagsOf(market, quantity, price, raw);
    this.#journal.fill(this.step, time, market, quantity, price, fee, slippage, order, flags);
  }

  /** `price` after slippage, `raw` before. */
  #afterOrderFill(order: OpenOrder, quantity: number, price: number, raw: number, time: number): void {
    order.filled += quantity;
    if (order.kind !== 'target') order.market.forgetTarget();
    if (order.remaining * order.quantity <= 0) this.book.end(order, 'filled', 'none', time);
    this.book.settleGroup(order, quantity, time);
    this.book.closeProtection(order.market, time);
    activateBracket(this.book, this.#journal, order, quantity, price, raw, time);
  }
}

function sideTowards(quantity: number, market: Market): Side {
  return quantity < market.quantity ? -1 : 1;
}

/** Prices before slippage lie in the bar, so only a slipped one is compared with it. */
function flagsOf(market: Market, quantity: number, price: number, raw: number): number {
  const { bars, clock } = market;
  const isOutside = price !== raw && (price > bars.high[clock.index]! || price < bars.low[clock.index]!);
  const volume = bars.volume[clock.index]!;
  const isLarge = volume > 0 && Math.abs(quantity) > LARGE_SHARE * volume;
  return (isOutside ? FILL_FLAG.outsideBar : 0) + (isLarge ? FILL_FLAG.largeShare : 0);
}
