/** An order from its submission to its end. What fills it is decided by `price-rules.ts`, when by `desk.ts`. */
import { INSPECT } from '../base/inspect.ts';
import type { Bracket, Order, StopLoss, TakeProfit, TimeInForce } from '../sdk/orders.ts';
import { type Side, toTick } from './costs.ts';
import type { Market } from './market.ts';
import type { EndReason, OrderKind, OrderState } from './order-log.ts';

/** Orders of which the first to fill ends the others. `shrink`: a bracket, whose sides share one quantity. */
export interface OrderGroup {
  readonly members: OpenOrder[];
  readonly shrink: boolean;
}

/** How a trailing stop follows the market: by an amount, or by a fraction of the best price; NaN for the other. */
interface TrailState {
  amount: number;
  readonly fraction: number;
  /** Best price that it has seen. */
  best: number;
}

/** What fills it. */
export interface OrderTerms {
  readonly kind: OrderKind;
  readonly limit?: number;
  readonly stop?: number;
  readonly trail?: Omit<TrailState, 'best'>;
}

/** Requests are written out where they are made: an object that is spread into another is slow to read. */
export interface OrderRequest {
  readonly id: number;
  readonly market: Market;
  readonly terms: OrderTerms;
  readonly quantity: number;
  readonly timeInForce?: TimeInForce | undefined;
  /** Epoch milliseconds. */
  readonly goodTill?: number | undefined;
  readonly bracket?: Bracket | undefined;
  readonly submitted: number;
  /** First bar of the product that it may fill in. */
  readonly liveFrom: number;
  readonly parent?: number;
  readonly isPastEntry?: boolean;
  readonly isReached?: boolean;
  /** Fraction of equity that a target asked for. */
  readonly fraction?: number;
}

export class OpenOrder implements Order {
  readonly id: number;
  readonly market: Market;
  readonly kind: OrderKind;
  readonly timeInForce: TimeInForce;
  /** When it expires, epoch milliseconds; infinite where it does not. */
  readonly goodTill: number;
  stopLoss: StopLoss | undefined;
  takeProfit: TakeProfit | undefined;
  readonly submitted: number;
  /** Id of the order it protects; NaN for none. A protective order only ever reduces the position. */
  readonly parent: number;
  /** Price came to the entry from the side away from this stop: within the entry's bar it is only reached after it. */
  readonly isPastEntry: boolean;
  /** Of a protective order: whether the market was at its price, or past it, when it came to life. */
  readonly isReached: boolean;
  readonly fraction: number;
  /** First bar of the product that it lived in. */
  readonly firstBar: number;
  /** First bar of the product that it may fill in as it stands. */
  liveFrom: number;
  /** The bar whose open is the first that meets its price: a limit takes what is there, and later rests. */
  pricedFor: number;
  quantity = Number.NaN;
  filled = Number.NaN;
  limit = Number.NaN;
  stop = Number.NaN;
  readonly trail: TrailState | undefined;
  /** Session that a day order lives in; NaN before its first bar. */
  liveIn = Number.NaN;
  /** Whether its stop was hit: a stop-limit rests as a limit, and what a stop's bar did not fill is a market order. */
  triggered = false;
  state: OrderState = 'open';
  reason: EndReason = 'none';
  group: OrderGroup | undefined = undefined;

  constructor(request: OrderRequest) {
    this.id = request.id;
    this.market = request.market;
    const { kind, limit, stop, trail } = request.terms;
    this.kind = kind;
    this.quantity = request.quantity;
    this.filled = 0;
    this.limit = limit ?? Number.NaN;
    this.stop = stop ?? Number.NaN;
    this.trail = trail && { amount: trail.amount, fraction: trail.fraction, best: Number.NaN };
    this.timeInForce = request.timeInForce ?? 'gtc';
    this.goodTill = request.goodTill ?? Number.POSITIVE_INFINITY;
    this.stopLoss = request.bracket?.stopLoss;
    this.takeProfit = request.bracket?.takeProfit;
    this.submitted = request.submitted;
    this.parent = request.parent ?? Number.NaN;
    this.isPastEntry = request.isPastEntry ?? false;
    this.isReached = request.isReached ?? false;
    this.fraction = request.fraction ?? Number.NaN;
    this.firstBar = request.liveFrom;
    this.liveFrom = request.liveFrom;
    this.pricedFor = request.liveFrom;
  }

  get product(): string {
    return this.market.product.id;
  }

  [INSPECT](): Order {
    const { id, product, kind, state, quantity, filled, limit, stop } = this;
    return { id, product, kind, state, quantity, filled, limit, stop };
  }

  get side(): Side {
    return this.quantity > 0 ? 1 : -1;
  }

  /** The last session that was open when it was submitted. */
  get bornIn(): number {
    const { session } = this.market.bars;
    return this.firstBar > 0 ? session[this.firstBar - 1]! : Number.NEGATIVE_INFINITY;
  }

  get remaining(): number {
    return this.quantity - this.filled;
  }

  /** Whether it waits at its limit price, and so makes the market when price comes to it. */
  get rests(): boolean {
    return this.kind === 'limit' || (this.kind === 'stop-limit' && this.triggered);
  }

  /** Whether its own price was its trigger alone. */
  get isStop(): boolean {
    return this.kind === 'stop' || this.kind === 'trailing-stop';
  }

  get isProtective(): boolean {
    return !Number.isNaN(this.parent);
  }

  /** Whether its fills reduce the position as it stands. */
  get reduces(): boolean {
    return this.quantity * this.market.quantity < 0;
  }

  /** Moves a trailing stop once `price` was seen: up behind a long position, down behind a short one. */
  follow(price: number): void {
    const { trail } = this;
    if (trail === undefined) return;
    if (this.side < 0 ? !(price <= trail.best) : !(price >= trail.best)) trail.best = price;
    const distance = Number.isNaN(trail.amount) ? trail.best * trail.fraction : trail.amount;
    this.stop = toTick(trail.best + this.side * distance, this.side, this.market.product.tick);
  }
}
