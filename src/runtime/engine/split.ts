/**
 * A split: one unit becomes `ratio` units at a price `ratio` times lower, in the position and in everything that waits.
 * Worth stays the same. An order's quantity is floored to the lot again; a position keeps its fraction of a lot.
 */
import type { Bracket, StopLoss, TakeProfit } from '../sdk/orders.ts';
import { toTick } from './costs.ts';
import type { Market } from './market.ts';
import type { OpenOrder } from './open-order.ts';
import type { OrderBook } from './order-book.ts';
import { distancesOf } from './order-checks.ts';

/** `time`: when, epoch milliseconds. */
export function splitHolding(market: Market, book: OrderBook, ratio: number, time: number): void {
  market.quantity *= ratio;
  market.averagePrice /= ratio;
  market.lastQuantity *= ratio;
  const { target } = market;
  target.quantity = market.floorToLot(target.quantity * ratio);
  target.bracket = target.bracket && splitBracket(target.bracket, ratio);
  for (const order of book.orders) if (order.market === market) splitOrder(order, book, ratio, time);
  book.sweep();
  book.touch();
}

function splitOrder(order: OpenOrder, book: OrderBook, ratio: number, time: number): void {
  const { market, side, isProtective, kind } = order;
  const { tick } = market.product;
  const quantity = order.quantity * ratio;
  // What closes the position goes with it, to the last fraction of a lot.
  const isWhole = isProtective || kind === 'margin-call';
  order.quantity = isWhole ? quantity : market.floorToLot(quantity);
  order.filled *= ratio;
  order.limit = toTick(order.limit / ratio, side > 0 ? -1 : 1, tick);
  order.stop = toTick(order.stop / ratio, side, tick);
  if (order.trail !== undefined) {
    order.trail.amount /= ratio;
    order.trail.best /= ratio;
  }
  order.stopLoss = order.stopLoss && splitStop(order.stopLoss, ratio);
  order.takeProfit = order.takeProfit && splitTarget(order.takeProfit, ratio);
  if (order.remaining * quantity <= 0) book.end(order, 'cancelled', 'below-lot', time);
}

function splitBracket({ stopLoss, takeProfit }: Bracket, ratio: number): Bracket {
  return {
    ...(stopLoss !== undefined && { stopLoss: splitStop(stopLoss, ratio) }),
    ...(takeProfit !== undefined && { takeProfit: splitTarget(takeProfit, ratio) }),
  };
}

function splitStop(stop: StopLoss, ratio: number): StopLoss {
  const { trail } = distancesOf(stop);
  return trail === undefined ? splitTarget(stop, ratio) : { trail: trail / ratio };
}

/** `target` does not trail. */
function splitTarget(target: StopLoss, ratio: number): TakeProfit {
  const { offset = Number.NaN } = distancesOf(target);
  return typeof target === 'object' ? { offset: offset / ratio } : target / ratio;
}
