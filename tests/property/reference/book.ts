/** What a strategy may ask of the reference: orders go into a list, and changes of them hold from the next bar on. */
import type {
  Bracket,
  Order,
  OrderChanges,
  OrderOptions,
  Orders,
  TargetOptions,
  Trail,
} from '../../../src/runtime/index.ts';
import type { Traded } from './account.ts';
import type { Bar } from './bar.ts';
import { type Kind, ReferenceOrder } from './order.ts';
import { floorToLot, roundToTick } from './rounding.ts';

export class ReferenceBook implements Orders {
  readonly #traded: Traded;
  /** All that were ever given, and the sides of brackets. */
  readonly all: ReferenceOrder[] = [];
  /** The bar that has closed. */
  bar!: Bar;
  /** The quantity that a fraction is now; undefined where its first open decides. */
  readonly #sizeNow: ((fraction: number) => number) | undefined;
  /** What was asked for last, unless something else has happened since. A run starts flat. */
  #lastFraction = 0;
  #lastQuantity = 0;
  /** What closes the position after a margin call. */
  #closing: ReferenceOrder | undefined;

  constructor(traded: Traded, sizeNow: ((fraction: number) => number) | undefined) {
    this.#traded = traded;
    this.#sizeNow = sizeNow;
  }

  target(fraction: number, options: TargetOptions = {}): void {
    if (fraction === this.#lastFraction && options.rebalance !== true) return;
    const order = this.#addTarget(options);
    order.fraction = fraction;
    if (!order.isOpen) return;
    if (fraction === 0) order.wanted = 0;
    else if (this.#sizeNow !== undefined) order.wanted = this.#sizeNow(fraction);
    this.#lastFraction = fraction;
  }

  targetQuantity(quantity: number, options: TargetOptions = {}): void {
    if (quantity === this.#lastQuantity && options.rebalance !== true) return;
    const order = this.#addTarget(options);
    if (!order.isOpen) return;
    order.wanted = floorToLot(quantity, this.#traded.lot);
    this.#lastQuantity = quantity;
  }

  market(quantity: number, options?: OrderOptions): Order {
    return this.#add('market', quantity, options);
  }

  marketOnOpen(quantity: number, options?: Bracket): Order {
    return this.#add('market-on-open', quantity, options);
  }

  marketOnClose(quantity: number, options?: Bracket): Order {
    return this.#add('market-on-close', quantity, options);
  }

  limit(quantity: number, price: number, options?: OrderOptions): Order {
    return this.#price(this.#add('limit', quantity, options), { limit: price });
  }

  stop(quantity: number, price: number, options?: OrderOptions): Order {
    return this.#price(this.#add('stop', quantity, options), { stop: price });
  }

  stopLimit(quantity: number, stop: number, limit: number, options?: OrderOptions): Order {
    return this.#price(this.#add('stop-limit', quantity, options), { stop, limit });
  }

  trailingStop(quantity: number, trail: Trail, options?: OrderOptions): Order {
    const order = this.#add('trailing-stop', quantity, options);
    order.trail = trail;
    this.follow(order, this.bar.close);
    return order;
  }

  oneCancelsOther(...orders: Order[]): void {
    const members = orders as ReferenceOrder[];
    for (const order of members) order.group = members.filter(other => other !== order);
  }

  modify(order: Order, changes: OrderChanges): boolean {
    const own = order as ReferenceOrder;
    if (!own.isOpen) return false;
    const oldLimit = own.limit;
    this.#price(own, changes);
    if (changes.limit !== undefined && own.limit !== oldLimit) own.pricedFrom = this.bar.index + 1;
    if (changes.quantity !== undefined) own.quantity = floorToLot(changes.quantity, this.#traded.lot);
    return true;
  }

  cancel(order: Order): boolean {
    const own = order as ReferenceOrder;
    if (!own.isOpen) return false;
    own.state = 'cancelled';
    return true;
  }

  cancelAll(): void {
    for (const order of this.all) if (order.isOpen && order !== this.#closing) order.state = 'cancelled';
    this.forgetTarget();
  }

  get open(): readonly Order[] {
    // A target is seen once its first bar has made it an order.
    const isSeen = ({ kind, given }: ReferenceOrder) =>
      kind !== 'margin-call' && !(kind === 'target' && given === this.bar);
    return this.all.filter(order => order.isOpen && isSeen(order));
  }

  /** Ends all that waits; what is held is closed whole, and until then nothing else is taken. */
  callMargin(position: number): void {
    if (this.#isCalled) return;
    this.cancelAll();
    const id = this.all.length + 1;
    this.#closing = new ReferenceOrder({ id, kind: 'margin-call', quantity: -position, given: this.bar });
    this.all.push(this.#closing);
  }

  get #isCalled(): boolean {
    return this.#closing?.isOpen === true;
  }

  forgetTarget(): void {
    this.#lastFraction = Number.NaN;
    this.#lastQuantity = Number.NaN;
  }

  /** A trailing stop follows to a price, if that is better than all before; its level is on the grid. */
  follow(order: ReferenceOrder, price: number): void {
    const { trail, side, best } = order;
    if (trail === undefined) return;
    if (!(side * price >= side * best)) order.best = price;
    const distance = 'amount' in trail ? trail.amount : order.best * trail.fraction;
    order.stop = roundToTick(order.best + side * distance, side, this.#traded.tick);
  }

  /** A side of a bracket. */
  addSide(parent: ReferenceOrder, kind: Kind, quantity: number, bar: Bar): ReferenceOrder {
    const order = new ReferenceOrder({ id: this.all.length + 1, kind, quantity, given: bar });
    this.all.push(order);
    parent.sides = [...parent.sides, order];
    return order;
  }

  #add(kind: Kind, quantity: number, options: OrderOptions = {}): ReferenceOrder {
    const { timeInForce, goodTill } = options;
    const order = new ReferenceOrder({
      id: this.all.length + 1,
      kind,
      quantity: floorToLot(quantity, this.#traded.lot),
      given: this.bar,
      bracket: options,
      ...(timeInForce && { timeInForce }),
      ...(goodTill && { goodTill }),
    });
    if (order.quantity === 0 || this.#isCalled) order.state = 'rejected';
    this.all.push(order);
    this.forgetTarget();
    return order;
  }

  /** A later target replaces one that waits, and what is left of one that filled in part. */
  #addTarget(bracket: Bracket): ReferenceOrder {
    for (const order of this.all) if (order.isOpen && order.kind === 'target') order.state = 'cancelled';
    this.forgetTarget();
    const order = new ReferenceOrder({
      id: this.all.length + 1,
      kind: 'target',
      quantity: Number.NaN,
      given: this.bar,
      bracket,
    });
    if (this.#isCalled) order.state = 'rejected';
    this.all.push(order);
    return order;
  }

  /** Limits round away from a fill, stops to a worse price. */
  #price(order: ReferenceOrder, { limit, stop }: OrderChanges): ReferenceOrder {
    const { side } = order;
    if (limit !== undefined) order.limit = roundToTick(limit, side > 0 ? -1 : 1, this.#traded.tick);
    if (stop !== undefined) order.stop = roundToTick(stop, side, this.#traded.tick);
    return order;
  }
}
