/**
 * The open orders of a run, oldest first, and how an order ends. Knows which bars are quiet: a bar whose range reaches
 * no order's price changes nothing, so it costs two comparisons.
 */
import type { Journal } from './journal.ts';
import { leftAfter } from './ledger.ts';
import type { Market } from './market.ts';
import type { OpenOrder } from './open-order.ts';
import type { EndReason, OrderState } from './order-log.ts';

export class OrderBook {
  readonly orders: OpenOrder[] = [];
  readonly #journal: Journal;
  readonly #markets: readonly Market[];
  #stale = false;

  constructor(journal: Journal, markets: readonly Market[]) {
    this.#journal = journal;
    this.#markets = markets;
  }

  add(order: OpenOrder): void {
    this.orders.push(order);
    this.#stale = true;
  }

  /** To be called after a change of an order's price, or of what it waits for. */
  touch(): void {
    this.#stale = true;
  }

  /** Ends an open order and writes its row; it leaves the list with the next `sweep`. */
  end(order: OpenOrder, state: OrderState, reason: EndReason, time: number): void {
    order.state = state;
    order.reason = reason;
    this.#journal.order(order, time);
    this.#stale = true;
  }

  /** After `order` filled `quantity`: the other members of its group shrink or end. */
  settleGroup(order: OpenOrder, quantity: number, time: number): void {
    if (order.group === undefined) return;
    for (const other of order.group.members) {
      if (other === order || other.state !== 'open') continue;
      const isLeft = order.group.shrink && leftAfter(quantity, other.remaining - quantity) * other.quantity > 0;
      if (isLeft) other.quantity -= quantity;
      else this.end(other, 'cancelled', 'other-filled', time);
    }
  }

  /** Ends the protective orders that have no position left to protect. */
  closeProtection(market: Market, time: number): void {
    for (const order of this.orders) {
      if (order.market !== market || !order.isProtective || order.state !== 'open' || order.reduces) continue;
      this.end(order, 'cancelled', 'position-closed', time);
    }
  }

  /** Drops ended orders from the list. */
  sweep(): void {
    let kept = 0;
    for (const order of this.orders) if (order.state === 'open') this.orders[kept++] = order;
    // Setting the length would leave compiled code.
    while (this.orders.length > kept) this.orders.pop();
  }

  /** Brings `quietAbove` and `quietBelow` of every market up to date. */
  refreshQuiet(): void {
    if (!this.#stale) return;
    this.#stale = false;
    for (const market of this.#markets) {
      market.quietAbove = Number.POSITIVE_INFINITY;
      market.quietBelow = Number.NEGATIVE_INFINITY;
    }
    for (const order of this.orders) narrowQuiet(order);
  }
}

/** Narrows the quiet range of the order's market to the prices at which the order cannot fill. */
function narrowQuiet(order: OpenOrder): void {
  const { market } = order;
  const { rests } = order;
  const level = rests ? order.limit : order.stop;
  const isDue = order.isStop && order.triggered;
  if (order.timeInForce !== 'gtc' || order.kind === 'trailing-stop' || isDue || Number.isNaN(level)) {
    market.quietAbove = Number.NEGATIVE_INFINITY;
    return;
  }
  const waitsAbove = rests ? order.side < 0 : order.side > 0;
  if (waitsAbove) market.quietAbove = Math.min(market.quietAbove, level);
  else market.quietBelow = Math.max(market.quietBelow, level);
}
