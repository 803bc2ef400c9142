/**
 * The run's record of orders and fills: numbers the orders, writes a row when one ends, and counts what a reader must
 * know.
 */
import { CASH_WIDTH } from './cash-log.ts';
import { type Deal, isLargeShare } from './deal.ts';
import { FILL_FLAG, FILL_WIDTH } from './fill-log.ts';
import type { Market, TargetSlot } from './market.ts';
import type { OpenOrder } from './open-order.ts';
import { type EndReason, KIND_INDEX, ORDER_WIDTH, type OrderState, REASON_INDEX, STATE_INDEX } from './order-log.ts';
import { type KeepsRows, RowLog } from './row-log.ts';
import type { Chunk } from './run-io.ts';

/** Runs that take turns share logs that keep nothing: each takes its rows before the next one's turn. */
export interface JournalLogs {
  readonly orders: RowLog;
  readonly fills: RowLog;
  readonly cash: RowLog;
}

export function journalLogs(keepsRows: KeepsRows): JournalLogs {
  return {
    orders: new RowLog(ORDER_WIDTH, keepsRows),
    fills: new RowLog(FILL_WIDTH, keepsRows),
    cash: new RowLog(CASH_WIDTH, keepsRows, 0),
  };
}

/** A market's whole target that filled at a bar's open. Signed quantity; fee in cash. */
export interface PlainFill {
  /** Index of the bar. */
  bar: number;
  quantity: number;
  price: number;
  fee: number;
}

export class Journal {
  readonly orders: RowLog;
  readonly fills: RowLog;
  /** Cash that moved without a fill: `cash-log.ts`. */
  readonly cash: RowLog;
  /** Of the rows that were taken. */
  fillCount = 0;
  /** Sides of brackets that were placed at less than a tenth of the market's price, or at more than ten times of it. */
  farSides = 0;
  #lastId = 0;

  constructor({ orders, fills, cash }: JournalLogs) {
    this.orders = orders;
    this.fills = fills;
    this.cash = cash;
  }

  /** The rows since the last call. */
  take(): Pick<Chunk, 'orders' | 'fills' | 'cash'> {
    const fills = this.fills.take();
    this.fillCount += fills.length / FILL_WIDTH;
    return { orders: this.orders.take(), fills, cash: this.cash.take() };
  }

  nextId(): number {
    return ++this.#lastId;
  }

  fill(step: number, { market, quantity, price, fee, time, order, slippage, flags }: Deal): void {
    const start = this.fills.append();
    const { rows } = this.fills;
    rows[start] = step;
    rows[start + 1] = time;
    rows[start + 2] = market.index;
    rows[start + 3] = quantity;
    rows[start + 4] = price;
    rows[start + 5] = fee;
    rows[start + 6] = slippage;
    rows[start + 7] = order;
    rows[start + 8] = flags;
    rows[start + 9] = market.clock.index;
  }

  /** Both rows of a market's target that filled whole at its bar's open: `target` and `fill` in one, without a call. */
  plainTarget(step: number, market: Market, { bar, quantity, price, fee }: PlainFill): void {
    const { target, bars } = market;
    const time = bars.time[bar]!;
    const order = this.orders.append();
    const orders = this.orders.rows;
    orders[order] = target.id;
    orders[order + 1] = market.index;
    orders[order + 2] = KIND_INDEX.target;
    orders[order + 3] = quantity;
    orders[order + 4] = Number.NaN;
    orders[order + 5] = Number.NaN;
    orders[order + 6] = target.fraction;
    orders[order + 7] = target.submitted;
    orders[order + 8] = time;
    orders[order + 9] = STATE_INDEX.filled;
    orders[order + 10] = REASON_INDEX.none;
    orders[order + 11] = quantity;
    orders[order + 12] = Number.NaN;
    const fill = this.fills.append();
    const fills = this.fills.rows;
    fills[fill] = step;
    fills[fill + 1] = time;
    fills[fill + 2] = market.index;
    fills[fill + 3] = quantity;
    fills[fill + 4] = price;
    fills[fill + 5] = fee;
    fills[fill + 6] = 0;
    fills[fill + 7] = target.id;
    fills[fill + 8] = isLargeShare(quantity, bars.volume[bar]!) ? FILL_FLAG.largeShare : 0;
    fills[fill + 9] = bar;
  }

  order(order: OpenOrder, time: number): void {
    const start = this.orders.append();
    const { rows } = this.orders;
    rows[start] = order.id;
    rows[start + 1] = order.market.index;
    rows[start + 2] = KIND_INDEX[order.kind];
    rows[start + 3] = order.quantity;
    rows[start + 4] = order.limit;
    rows[start + 5] = order.stop;
    rows[start + 6] = order.fraction;
    rows[start + 7] = order.submitted;
    rows[start + 8] = time;
    rows[start + 9] = STATE_INDEX[order.state];
    rows[start + 10] = REASON_INDEX[order.reason];
    rows[start + 11] = order.filled;
    rows[start + 12] = order.parent;
  }

  /**
   * A target that never became an order of its own. `quantity`: what it would have traded; 0 if that was never known.
   */
  target(
    market: Market,
    target: TargetSlot,
    state: OrderState,
    reason: EndReason,
    quantity: number,
    time: number,
  ): void {
    const start = this.orders.append();
    const { rows } = this.orders;
    rows[start] = target.id;
    rows[start + 1] = market.index;
    rows[start + 2] = KIND_INDEX.target;
    rows[start + 3] = quantity;
    rows[start + 4] = Number.NaN;
    rows[start + 5] = Number.NaN;
    rows[start + 6] = target.fraction;
    rows[start + 7] = target.submitted;
    rows[start + 8] = time;
    rows[start + 9] = STATE_INDEX[state];
    rows[start + 10] = REASON_INDEX[reason];
    rows[start + 11] = state === 'filled' ? quantity : 0;
    rows[start + 12] = Number.NaN;
  }
}
