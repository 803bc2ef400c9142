/** The strategy's side of the market: checks what it asks for and puts it on the book, live from the next bar on. */
import type {
  Bracket,
  Order,
  OrderChanges,
  OrderOptions,
  Orders,
  TargetOptions,
  TimeInForce,
  Trail,
} from '../sdk/orders.ts';
import { toTick } from './costs.ts';
import { Deal } from './deal.ts';
import type { Desk } from './desk.ts';
import type { Journal } from './journal.ts';
import type { Ledger } from './ledger.ts';
import type { Margin } from './margin.ts';
import type { Market } from './market.ts';
import { OpenOrder, type OrderRequest, type OrderTerms } from './open-order.ts';
import type { OrderBook } from './order-book.ts';
import {
  checkBracket,
  checkChanges,
  checkedTrail,
  checkOrderOptions,
  checkTargetOptions,
  refused,
  requirePrice,
  requireQuantity,
  told,
} from './order-checks.ts';
import { quantityForFraction, sideForFraction } from './target-size.ts';
import type { Timeline } from './timeline.ts';

/** A bundle's types were not checked: any other word would be an order without an end. */
const LIVES: readonly TimeInForce[] = ['gtc', 'day', 'ioc', 'gtd'];

/** What the order entries of all products share. */
export interface Floor {
  readonly timeline: Timeline;
  readonly ledger: Ledger;
  readonly journal: Journal;
  readonly book: OrderBook;
  readonly desk: Desk;
  readonly margin: Margin;
}

export class OrderEntry implements Orders {
  readonly #market: Market;
  readonly #floor: Floor;
  readonly #isOwnOpen = (order: OpenOrder): boolean =>
    order.market === this.#market && order.state === 'open' && isStrategys(order);

  constructor(market: Market, floor: Floor) {
    this.#market = market;
    this.#floor = floor;
  }

  target(fraction: number, options?: TargetOptions): void {
    const market = this.#market;
    if (fraction === market.lastFraction && options?.rebalance !== true) return;
    if (!Number.isFinite(fraction)) throw refused('target', `the fraction is ${told(fraction)}`);
    checkTargetOptions('target', options);
    const atDecision = this.#floor.ledger.options.sizing === 'decision';
    const quantity = atDecision ? this.#quantityNow(fraction) : Number.NaN;
    if (this.#setTarget(fraction, quantity, fraction === 0, options)) market.lastFraction = fraction;
  }

  targetQuantity(quantity: number, options?: TargetOptions): void {
    const market = this.#market;
    if (quantity === market.lastQuantity && options?.rebalance !== true) return;
    requireQuantity('targetQuantity', quantity);
    checkTargetOptions('targetQuantity', options);
    const isAccepted = this.#setTarget(Number.NaN, market.floorToLot(quantity), quantity === 0, options);
    if (isAccepted) market.lastQuantity = quantity;
  }

  market(quantity: number, options?: OrderOptions): Order {
    return this.#submit(quantity, { kind: 'market' }, options);
  }

  marketOnOpen(quantity: number, options?: Bracket): Order {
    return this.#submit(quantity, { kind: 'market-on-open' }, options);
  }

  marketOnClose(quantity: number, options?: Bracket): Order {
    return this.#submit(quantity, { kind: 'market-on-close' }, options);
  }

  limit(quantity: number, price: number, options?: OrderOptions): Order {
    return this.#submit(quantity, { kind: 'limit', limit: this.#limitPrice('limit', quantity, price) }, options);
  }

  stop(quantity: number, price: number, options?: OrderOptions): Order {
    return this.#submit(quantity, { kind: 'stop', stop: this.#stopPrice('stop', quantity, price) }, options);
  }

  stopLimit(quantity: number, stop: number, limit: number, options?: OrderOptions): Order {
    const terms = {
      stop: this.#stopPrice('stopLimit', quantity, stop),
      limit: this.#limitPrice('stopLimit', quantity, limit),
    };
    return this.#submit(quantity, { kind: 'stop-limit', ...terms }, options);
  }

  trailingStop(quantity: number, trail: Trail, options?: OrderOptions): Order {
    const order = this.#submit(quantity, { kind: 'trailing-stop', trail: checkedTrail(trail, quantity) }, options);
    order.follow(this.#market.lastPrice);
    return order;
  }

  oneCancelsOther(...orders: Order[]): void {
    const members = orders.map(order => this.#own('oneCancelsOther', order));
    const isTaken = members.some((order, at) => order.group !== undefined || members.indexOf(order) !== at);
    if (isTaken) throw refused('oneCancelsOther', 'an order belongs to a bracket or to another group already');
    const group = { members, shrink: false };
    for (const order of members) order.group = group;
  }

  modify(order: Order, changes: OrderChanges): boolean {
    const own = this.#own('modify', order);
    checkChanges(changes);
    const { quantity, limit, stop } = changes;
    if (own.state !== 'open') return false;
    const oldLimit = own.limit;
    if (limit !== undefined) own.limit = this.#newLimit(own, limit);
    if (stop !== undefined) own.stop = this.#newStop(own, stop);
    if (quantity !== undefined) own.quantity = this.#newQuantity(own, quantity);
    own.liveFrom = Math.max(own.liveFrom, this.#market.firstBarFrom(this.#floor.timeline.now));
    // At the same price it rests on.
    if (limit !== undefined && own.limit !== oldLimit) own.pricedFor = own.liveFrom;
    this.#floor.book.touch();
    this.#floor.desk.wake();
    return true;
  }

  cancel(order: Order): boolean {
    const own = this.#own('cancel', order);
    if (own.state !== 'open') return false;
    this.#end(own, 'by-strategy');
    this.#floor.book.sweep();
    return true;
  }

  cancelAll(): void {
    for (const order of this.#ownOpen()) this.#end(order, 'by-strategy');
    this.#dropPending('by-strategy');
    this.#market.forgetTarget();
    this.#floor.book.sweep();
  }

  get open(): readonly Order[] {
    // What is left of a target came to the book at its first fill, but is as old as the target.
    const own = this.#ownOpen();
    return own.length > 1 ? own.sort((a, b) => a.id - b.id) : own;
  }

  /** The quantity that is the fraction at the last close, with the costs that it would have there. */
  #quantityNow(fraction: number): number {
    const market = this.#market;
    const { ledger } = this.#floor;
    const deal = new Deal(market);
    deal.begin(market, market.lastPrice, this.#floor.timeline.now, 0, false);
    // What the last fills have cost is paid: the budget of a decision does not make do with less for it.
    ledger.stepCosts = 0;
    const { equity, options } = ledger;
    deal.slip(options.slippage, sideForFraction(market, fraction, equity, deal.raw));
    return market.quantity + quantityForFraction(ledger, deal, fraction, equity);
  }

  /** False while a margin call is under way: the target is rejected. */
  #setTarget(fraction: number, quantity: number, isFlat: boolean, options: TargetOptions | undefined): boolean {
    const { timeline, journal, book, desk, margin } = this.#floor;
    const market = this.#market;
    this.#dropPending('replaced');
    if (book.orders.length > 0) this.#replaceTargets();
    market.forgetTarget();
    const bracket = options?.stopLoss === undefined && options?.takeProfit === undefined ? undefined : options;
    if (bracket !== undefined) checkBracket(bracket);
    const { target } = market;
    target.isPending = !margin.isCalled;
    target.id = journal.nextId();
    target.fraction = fraction;
    target.quantity = quantity;
    target.isFlat = isFlat;
    target.submitted = timeline.now;
    target.liveFrom = market.firstBarFrom(target.submitted);
    target.bracket = bracket;
    desk.wake();
    if (!target.isPending) journal.target(market, target, 'rejected', 'margin-call', 0, target.submitted);
    return target.isPending;
  }

  #submit(quantity: number, terms: OrderTerms, options: OrderOptions | undefined): OpenOrder {
    requireQuantity(terms.kind, quantity);
    if (quantity === 0) throw refused(terms.kind, 'the quantity is 0');
    checkOrderOptions(terms.kind, options);
    const { timeline, journal, book, desk, margin } = this.#floor;
    const market = this.#market;
    const { timeInForce, goodTill } = this.#lifeOf(options);
    const order = new OpenOrder({
      id: journal.nextId(),
      market,
      terms,
      quantity: market.floorToLot(quantity),
      timeInForce,
      goodTill,
      bracket: checkBracket(options),
      submitted: timeline.now,
      liveFrom: market.firstBarFrom(timeline.now),
    });
    market.forgetTarget();
    if (order.quantity === 0 || margin.isCalled) {
      book.end(order, 'rejected', margin.isCalled ? 'margin-call' : 'below-lot', timeline.now);
      return order;
    }
    book.add(order);
    desk.wake();
    return order;
  }

  /** How long an order lives. */
  #lifeOf({ timeInForce, goodTill }: OrderOptions = {}): Pick<OrderRequest, 'timeInForce' | 'goodTill'> {
    if (timeInForce !== undefined && !LIVES.includes(timeInForce)) {
      throw refused('timeInForce', `it is ${timeInForce}, but must be one of ${LIVES.join(', ')}`);
    }
    if (goodTill === undefined && timeInForce !== 'gtd') return { timeInForce };
    const { now } = this.#floor.timeline;
    if ((timeInForce ?? 'gtd') !== 'gtd') throw refused('goodTill', `an order that is ${timeInForce} has no date`);
    if (typeof goodTill !== 'number' || !(goodTill > now && goodTill < Number.POSITIVE_INFINITY)) {
      throw refused('goodTill', `it is ${told(goodTill)}, but must be epoch milliseconds after now, ${now}`);
    }
    return { timeInForce: 'gtd', goodTill };
  }

  /** Ends what is left of an earlier target that filled in parts. */
  #replaceTargets(): void {
    const { book } = this.#floor;
    for (const order of book.orders) {
      const isOpen = order.market === this.#market && order.state === 'open';
      if (isOpen && order.kind === 'target') this.#end(order, 'replaced');
    }
    book.sweep();
  }

  #dropPending(reason: 'replaced' | 'by-strategy'): void {
    const market = this.#market;
    if (!market.target.isPending) return;
    this.#floor.journal.target(market, market.target, 'cancelled', reason, 0, this.#floor.timeline.now);
    market.target.isPending = false;
  }

  #ownOpen(): OpenOrder[] {
    const { orders } = this.#floor.book;
    // A strategy may ask on every bar, and what grows while it is made takes more memory than a copy.
    return orders.every(this.#isOwnOpen) ? orders.slice() : orders.filter(this.#isOwnOpen);
  }

  #own(method: string, order: Order): OpenOrder {
    if (order instanceof OpenOrder && order.market === this.#market && isStrategys(order)) return order;
    throw refused(method, 'that is not an order of this product');
  }

  #end(order: OpenOrder, reason: 'by-strategy' | 'replaced'): void {
    this.#floor.book.end(order, 'cancelled', reason, this.#floor.timeline.now);
  }

  #newLimit(order: OpenOrder, limit: number): number {
    if (Number.isNaN(order.limit)) throw refused('modify', 'this order has no limit of its own');
    return this.#limitPrice('modify', order.quantity, limit);
  }

  #newStop(order: OpenOrder, stop: number): number {
    const isOwn = order.kind !== 'trailing-stop' && !Number.isNaN(order.stop);
    if (!isOwn) throw refused('modify', 'this order has no stop of its own');
    return this.#stopPrice('modify', order.quantity, stop);
  }

  #newQuantity(order: OpenOrder, quantity: number): number {
    const floored = this.#market.floorToLot(quantity);
    const isSound =
      Number.isFinite(quantity) && floored * order.quantity > 0 && Math.abs(floored) > Math.abs(order.filled);
    if (isSound) return floored;
    throw refused(
      'modify',
      `the quantity cannot become ${told(quantity)}: it is ${order.quantity}, ${order.filled} filled`,
    );
  }

  /** Limits round away from a fill, stops towards it at a worse price: against the trader. */
  #limitPrice(method: string, quantity: number, price: number): number {
    requirePrice(method, 'limit', price);
    return toTick(price, quantity > 0 ? -1 : 1, this.#market.product.tick);
  }

  #stopPrice(method: string, quantity: number, price: number): number {
    requirePrice(method, 'stop', price);
    return toTick(price, quantity > 0 ? 1 : -1, this.#market.product.tick);
  }
}

/** What closes positions after a margin call is not for the strategy to change. */
function isStrategys({ kind }: OpenOrder): boolean {
  return kind !== 'margin-call';
}
