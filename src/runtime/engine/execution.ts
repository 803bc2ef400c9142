/**
 * Carries out one fill: how much, at what price after slippage, at what fee, and whether the account may. What follows
 * a fill happens here too: brackets come to life, groups shrink or end, the strategy is told.
 */
import type { Fill } from '../sdk/orders.ts';
import { Brackets } from './bracket.ts';
import type { Side } from './costs.ts';
import { Deal } from './deal.ts';
import type { EquityCurve } from './equity-curve.ts';
import type { Journal } from './journal.ts';
import { type Ledger, leftAfter } from './ledger.ts';
import type { Market, TargetSlot } from './market.ts';
import { OpenOrder, type OrderTerms } from './open-order.ts';
import type { OrderBook } from './order-book.ts';
import { changeTo, quantityForFraction, sideForFraction } from './target-size.ts';

const TARGET: OrderTerms = { kind: 'target' };

export class Execution {
  readonly ledger: Ledger;
  readonly book: OrderBook;
  readonly #journal: Journal;
  readonly #curve: EquityCurve;
  readonly #deal: Deal;
  readonly #brackets: Brackets;
  /** The step that is being settled. */
  step = 0;
  /** Fills of the step that `onFill` has not seen yet; absent when nobody listens. */
  readonly unseen: Fill[] | undefined;

  constructor(parts: { ledger: Ledger; book: OrderBook; journal: Journal; curve: EquityCurve; listens: boolean }) {
    this.ledger = parts.ledger;
    this.book = parts.book;
    this.#journal = parts.journal;
    this.#curve = parts.curve;
    this.#deal = new Deal(parts.ledger.markets[0]!);
    this.#brackets = new Brackets(parts.book, parts.journal);
    this.unseen = parts.listens ? [] : undefined;
  }

  /**
   * Fills an order at `price`, before slippage; `time` in epoch milliseconds. `ambiguous`: the bar could also have
   * filled another side of its bracket.
   */
  order(order: OpenOrder, price: number, time: number, maker: boolean, ambiguous = false): void {
    const { market } = order;
    if (order.isStop) order.triggered = true;
    const quantity = this.fillable(order);
    if (quantity === 0) return;
    const deal = this.#deal;
    deal.begin(market, price, time, order.id, ambiguous);
    deal.quantity = quantity;
    const isLimit = order.kind === 'limit' || order.kind === 'stop-limit';
    if (!isLimit) deal.slip(this.ledger.options.slippage, order.side);
    deal.fee = this.ledger.feeFor(market, quantity, deal.price, maker);
    const refusal = this.ledger.refusal(deal);
    if (refusal !== 'none') {
      market.forgetTarget();
      this.book.end(order, 'rejected', refusal, time);
      return;
    }
    this.#apply(deal);
    this.#tell(deal, order.kind === 'target' ? undefined : order);
    this.#afterOrderFill(order, deal);
  }

  /** Trades a market's pending target at the open of its current bar. */
  target(market: Market, target: TargetSlot, time: number): void {
    target.isPending = false;
    const deal = this.#deal;
    deal.begin(market, market.bars.open[market.clock.index]!, time, target.id, false);
    this.#size(deal, target);
    if (deal.quantity === 0) {
      this.#emptyTarget(market, target, time);
    } else if (this.ledger.options.maxParticipation !== undefined) {
      this.#targetAsOrder(market, target, deal.quantity, deal.raw, time);
    } else {
      this.#wholeTarget(deal, target);
    }
  }

  /** Price and quantity of a target; quantity 0 if there is nothing to trade. */
  #size(deal: Deal, target: TargetSlot): void {
    const { market } = deal;
    const isFraction = Number.isNaN(target.quantity);
    // A target of nothing is nothing, whatever the equity.
    const equity = isFraction && target.fraction !== 0 ? this.ledger.equityWith(market, deal.raw) : 0;
    const side = isFraction
      ? sideForFraction(market, target.fraction, equity, deal.raw)
      : sideTowards(target.quantity, market);
    deal.slip(this.ledger.options.slippage, side);
    const quantity = isFraction
      ? quantityForFraction(this.ledger, deal, target.fraction, equity)
      : changeTo(market, target.quantity);
    deal.quantity = quantity * side > 0 ? quantity : 0;
  }

  /** A target that asks for no trade: it is reached already, or less than a lot. */
  #emptyTarget(market: Market, target: TargetSlot, time: number): void {
    const isReached = market.quantity !== 0 || target.isFlat;
    if (isReached) {
      this.#journal.target(market, target, 'cancelled', 'nothing-to-do', 0, time);
      return;
    }
    this.#journal.target(market, target, 'rejected', 'below-lot', 0, time);
    market.forgetTarget();
  }

  #wholeTarget(deal: Deal, target: TargetSlot): void {
    const { market } = deal;
    deal.fee = this.ledger.feeFor(market, deal.quantity, deal.price, false);
    const refusal = this.ledger.refusal(deal);
    if (refusal !== 'none') {
      this.#journal.target(market, target, 'rejected', refusal, deal.quantity, deal.time);
      market.forgetTarget();
      return;
    }
    this.#journal.target(market, target, 'filled', 'none', deal.quantity, deal.time);
    this.#apply(deal);
    this.#tell(deal, undefined);
    this.#afterTargetFill(deal, target);
  }

  /** What follows a market's target that filled the short way: it went from flat to a position, or the other way. */
  afterPlain(market: Market): void {
    const { bars, clock, target } = market;
    const deal = this.#deal;
    deal.begin(market, bars.open[clock.index]!, bars.time[clock.index]!, target.id, false);
    deal.quantity = market.quantity;
    this.#afterTargetFill(deal, target);
  }

  #afterTargetFill(deal: Deal, { id, bracket }: TargetSlot): void {
    this.book.closeProtection(deal.market, deal.time);
    if (bracket === undefined) return;
    const { stopLoss, takeProfit } = bracket;
    this.#brackets.activate({ id, side: deal.quantity > 0 ? 1 : -1, stopLoss, takeProfit }, deal);
  }

  /** A target that may fill in parts lives on as an order. */
  #targetAsOrder(market: Market, target: TargetSlot, quantity: number, open: number, time: number): void {
    const { id, submitted, fraction, liveFrom, bracket } = target;
    const order = new OpenOrder({
      id,
      market,
      terms: TARGET,
      quantity,
      bracket,
      submitted,
      liveFrom,
      fraction,
    });
    this.book.add(order);
    this.order(order, open, time, false);
  }

  /** What the order may fill now: no more than it protects, and no more than the bar's volume allows. */
  fillable(order: OpenOrder): number {
    const { market, remaining } = order;
    const wanted = order.isProtective
      ? order.side * Math.min(Math.abs(remaining), Math.abs(market.quantity))
      : remaining;
    if (Math.abs(wanted) <= market.volumeLeft) return wanted;
    return market.floorToLot(order.side * market.volumeLeft);
  }

  #apply(deal: Deal): void {
    this.#curve.markTo(this.step);
    this.ledger.apply(deal);
    const { market, quantity } = deal;
    market.volumeLeft = leftAfter(quantity, market.volumeLeft - Math.abs(quantity));
    this.#journal.fill(this.step, deal);
  }

  /** Lets `onFill` know; `order` is undefined for a target. */
  #tell({ market, quantity, price, fee, time }: Deal, order: OpenOrder | undefined): void {
    this.unseen?.push({ product: market.product.id, quantity, price, fee, time, order });
  }

  #afterOrderFill(order: OpenOrder, deal: Deal): void {
    const { quantity, time } = deal;
    order.filled += quantity;
    if (order.kind !== 'target') order.market.forgetTarget();
    if (leftAfter(quantity, order.remaining) * order.quantity <= 0) this.book.end(order, 'filled', 'none', time);
    this.book.settleGroup(order, quantity, time);
    this.book.closeProtection(order.market, time);
    this.#brackets.activate(order, deal);
  }
}

function sideTowards(quantity: number, market: Market): Side {
  return quantity < market.quantity ? -1 : 1;
}
