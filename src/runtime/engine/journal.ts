/** The run's record of orders and fills: numbers the orders, writes a row when one ends, and counts what a reader must know. */
import { FILL_WIDTH } from './fill-log.ts';
import type { Market, PendingTarget } from './market.ts';
import type { OpenOrder } from './open-order.ts';
import { END_REASONS, type EndReason, ORDER_STATES, ORDER_WIDTH, type OrderState } from './order-log.ts';
import { RowLog } from './row-log.ts';

const TARGET_KIND = 0;

/** One fill, before it is a row. */
export interface FillFacts {
  readonly market: Market;
  readonly quantity: number;
  readonly price: number;
  readonly fee: number;
  /** Cash that slippage and half spread cost. */
  readonly slippage: number;
  readonly time: number;
  readonly order: number;
  readonly flags: number;
}

export class Journal {
  readonly orders = new RowLog(ORDER_WIDTH);
  readonly fills = new RowLog(FILL_WIDTH);
  #lastId = 0;

  nextId(): number {
    return ++this.#lastId;
  }

  fill(step: number, fact: FillFacts): void {
    const { rows, start } = this.fills.append();
    rows[start] = step;
    rows[start + 1] = fact.time;
    rows[start + 2] = fact.market.index;
    rows[start + 3] = fact.quantity;
    rows[start + 4] = fact.price;
    rows[start + 5] = fact.fee;
    rows[start + 6] = fact.slippage;
    rows[start + 7] = fact.order;
    rows[start + 8] = fact.flags;
    rows[start + 9] = fact.market.clock.index;
  }

  order(order: OpenOrder, time: number): void {
    const { rows, start } = this.orders.append();
    rows[start] = order.id;
    rows[start + 1] = order.market.index;
    rows[start + 2] = order.kindIndex;
    rows[start + 3] = order.quantity;
    rows[start + 4] = order.limit;
    rows[start + 5] = order.stop;
    rows[start + 6] = order.fraction;
    rows[start + 7] = order.submitted;
    rows[start + 8] = time;
    rows[start + 9] = ORDER_STATES.indexOf(order.state);
    rows[start + 10] = END_REASONS.indexOf(order.reason);
    rows[start + 11] = order.filled;
    rows[start + 12] = order.parent;
  }

  /** A target that never became an order of its own. */
  target(market: Market, target: PendingTarget, end: TargetEnd): void {
    const { rows, start } = this.orders.append();
    rows[start] = target.id;
    rows[start + 1] = market.index;
    rows[start + 2] = TARGET_KIND;
    rows[start + 3] = end.quantity;
    rows[start + 4] = Number.NaN;
    rows[start + 5] = Number.NaN;
    rows[start + 6] = target.fraction;
    rows[start + 7] = target.submitted;
    rows[start + 8] = end.time;
    rows[start + 9] = ORDER_STATES.indexOf(end.state);
    rows[start + 10] = END_REASONS.indexOf(end.reason);
    rows[start + 11] = end.state === 'filled' ? end.quantity : 0;
    rows[start + 12] = Number.NaN;
  }
}

export interface TargetEnd {
  readonly state: OrderState;
  readonly reason: EndReason;
  /** What it would have traded; 0 if that was never known. */
  readonly quantity: number;
  readonly time: number;
}
