/** What a strategy may ask of the market. Quantities are signed: positive buys, negative sells. */

export type TimeInForce = 'gtc' | 'day' | 'ioc' | 'gtd';

/**
 * Where the stop of a bracket stands: a price, an offset from what the entry paid, or trailing behind the market. All
 * are in units of price: 5 % below 100 is 95, `{ offset: 5 }` or `{ trail: 5 }`, never 0.05.
 */
export type StopLoss = number | { readonly offset: number } | { readonly trail: number };

/** Where the profit target of a bracket stands: a price, or an offset from what the entry paid, in units of price. */
export type TakeProfit = number | { readonly offset: number };

/** Protective orders that come to life when their parent fills; when one of the two fills, the other ends. */
export interface Bracket {
  readonly stopLoss?: StopLoss;
  readonly takeProfit?: TakeProfit;
}

export interface OrderOptions extends Bracket {
  /**
   * `gtc` (default): until cancelled. `day`: until its session ends. `ioc`: its first bar, the rest is cancelled.
   * `gtd`: until `goodTill`.
   */
  readonly timeInForce?: TimeInForce;
  /** When the order expires, epoch milliseconds: `Date.UTC(2024, 2, 1)`. Makes it `gtd`. */
  readonly goodTill?: number;
}

export interface TargetOptions extends Bracket {
  /** Trade back to the fraction although it is the same as before: drift is not traded otherwise. */
  readonly rebalance?: boolean;
}

/** How far a trailing stop follows: in price units, or as a fraction of the best price. */
export type Trail = { readonly amount: number } | { readonly fraction: number };

export interface OrderChanges {
  /** The new whole quantity, what is filled already included. */
  readonly quantity?: number;
  readonly limit?: number;
  readonly stop?: number;
}

/** An order as the strategy sees it; its fields change as it lives. */
export interface Order {
  /** 1, 2, 3 ... in order of submission. */
  readonly id: number;
  readonly product: string;
  readonly kind: string;
  readonly state: 'open' | 'filled' | 'cancelled' | 'expired' | 'rejected';
  readonly quantity: number;
  readonly filled: number;
  /** NaN where the order has none. */
  readonly limit: number;
  /** NaN where the order has none; of a trailing stop the present level. */
  readonly stop: number;
}

/** The orders of one product. All are live from the next bar on. */
export interface Orders {
  /**
   * Hold this fraction of equity: 1 is all in, 0 is flat, negative is short. No order when unchanged, and the bracket
   * of the call before stays: `modify` moves its stop.
   */
  target(fraction: number, options?: TargetOptions): void;
  /** Hold this quantity. No order when unchanged. */
  targetQuantity(quantity: number, options?: TargetOptions): void;
  market(quantity: number, options?: OrderOptions): Order;
  /** At the first bar's open of the next session that is not open yet. */
  marketOnOpen(quantity: number, options?: Bracket): Order;
  /** At the last bar's close of the next session that is not open yet. */
  marketOnClose(quantity: number, options?: Bracket): Order;
  limit(quantity: number, price: number, options?: OrderOptions): Order;
  stop(quantity: number, price: number, options?: OrderOptions): Order;
  stopLimit(quantity: number, stop: number, limit: number, options?: OrderOptions): Order;
  trailingStop(quantity: number, trail: Trail, options?: OrderOptions): Order;
  /** When one of these fills, at all, the others are cancelled. */
  oneCancelsOther(...orders: Order[]): void;
  /** Changes an open order, from the next bar on. False if it is not open any more. */
  modify(order: Order, changes: OrderChanges): boolean;
  /** False if it is not open any more. */
  cancel(order: Order): boolean;
  cancelAll(): void;
  /** Orders that are still open, oldest first. A pending target is not among them. */
  readonly open: readonly Order[];
}

/** One fill, as `onFill` gets it. */
export interface Fill {
  readonly product: string;
  /** Signed: positive bought. */
  readonly quantity: number;
  readonly price: number;
  readonly fee: number;
  /** Open of the bar it happened in; the close for fills at the close. Epoch milliseconds. */
  readonly time: number;
  /** The order, or undefined for a target. */
  readonly order: Order | undefined;
}
