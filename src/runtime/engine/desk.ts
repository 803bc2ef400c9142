/**
 * Takes orders and pending targets through one step: what fills at the open first, then what fills inside the bar, then
 * what fills at the close. Within a moment, orders that reduce a position go first, then the older ones, across all
 * products. A bar hides its path, so of two sides of a bracket that one bar reaches inside, the stop fills.
 * Limitation: a bar of a long interval is settled when it closes, also what filled at its open.
 */

import { closeTimeAt } from '../market/bars.ts';
import type { Execution } from './execution.ts';
import type { Market } from './market.ts';
import type { OpenOrder } from './open-order.ts';
import type { OrderBook } from './order-book.ts';
import type { PlainTarget } from './plain-target.ts';
import { type LimitFill, priceAtClose, priceAtOpen, priceInside } from './price-rules.ts';
import { sideForFraction } from './target-size.ts';

/** Something that fills at the present moment: an order at a price, or a market's pending target. */
interface Due {
  readonly market: Market;
  readonly order: OpenOrder | undefined;
  readonly price: number;
  /** Among equals the lower goes first: the order's id. */
  rank: number;
  readonly reduces: boolean;
  /** Whether a resting limit fills. */
  readonly maker: boolean;
}

export class Desk {
  /** Whether anything is open or pending: if not, a step needs no settling. */
  active = false;
  ambiguousBars = 0;
  readonly #markets: readonly Market[];
  readonly #book: OrderBook;
  readonly #execution: Execution;
  readonly #limitFill: LimitFill;
  readonly #maxParticipation: number | undefined;
  readonly #plain: PlainTarget | undefined;

  constructor(markets: readonly Market[], book: OrderBook, execution: Execution, plain: PlainTarget | undefined) {
    this.#plain = plain;
    this.#markets = markets;
    this.#book = book;
    this.#execution = execution;
    this.#limitFill = execution.ledger.options.limitFill;
    this.#maxParticipation = execution.ledger.options.maxParticipation;
  }

  /** Fills what the new bars of `step` fill. */
  settle(step: number): void {
    if (this.#book.orders.length === 0 && this.#plain?.trade(step)) {
      this.active = false;
      return;
    }
    this.#book.refreshQuiet();
    if (!this.#isDisturbed()) return;
    const { ledger } = this.#execution;
    this.#execution.step = step;
    ledger.stepCosts = 0;
    this.#openVolume();
    ledger.atOpen = true;
    if (this.#book.orders.length === 0) this.#tradeTargets();
    else this.#settleOrders();
    ledger.atOpen = false;
    this.active = this.#book.orders.length > 0 || this.#hasPendingTarget();
  }

  #isDisturbed(): boolean {
    const hasOrders = this.#book.orders.length > 0;
    for (const market of this.#markets) {
      if (isTargetDue(market)) return true;
      if (!hasOrders || !market.clock.isNew) continue;
      const { bars, clock } = market;
      if (bars.high[clock.index]! >= market.quietAbove || bars.low[clock.index]! <= market.quietBelow) return true;
    }
    return false;
  }

  #hasPendingTarget(): boolean {
    for (const { target } of this.#markets) if (target.isPending) return true;
    return false;
  }

  #openVolume(): void {
    if (this.#maxParticipation === undefined) return;
    for (const market of this.#markets) {
      if (!market.clock.isNew) continue;
      market.volumeLeft = market.bars.volume[market.clock.index]! * this.#maxParticipation;
    }
  }

  /** The common case: no open orders, only targets. */
  #tradeTargets(): void {
    const only = this.#onlyDueTarget();
    if (only !== undefined) this.#tradeTarget(only);
    else this.#carryOut(this.#dueTargets());
    if (this.#book.orders.length > 0) this.#settleOrders();
  }

  /** The market whose target is due, if it is one alone: then there is nothing to put in order. */
  #onlyDueTarget(): Market | undefined {
    let only: Market | undefined;
    for (const market of this.#markets) {
      if (!isTargetDue(market)) continue;
      if (only !== undefined) return undefined;
      only = market;
    }
    return only;
  }

  #settleOrders(): void {
    this.#expireDayOrders();
    const oldest = this.#book.orders.length;
    this.#carryOut(this.#dueOrders(oldest, priceAtOpenOf, this.#dueTargets()));
    const born = this.#settleInside(oldest);
    this.#execution.ledger.atOpen = false;
    this.#carryOut(this.#dueOrders(this.#book.orders.length, priceAtCloseOf), true);
    this.#endBar(born);
    this.#book.sweep();
  }

  /**
   * Orders that were open before the bar, and protective ones that a fill at the open brought to life. Returns how many
   * orders there were before the first fill inside.
   */
  #settleInside(oldest: number): number {
    const { orders } = this.#book;
    const rule = this.#limitFill;
    const due = this.#dueOrders(orders.length, (order, at) => {
      const atBirth = at >= oldest ? priceAtOpenOf(order) : Number.NaN;
      if (!Number.isNaN(atBirth)) return atBirth;
      return priceInside(order, order.market.bars, order.market.clock.index, rule);
    });
    const born = orders.length;
    const ambiguous = ambiguousGroups(due);
    if (ambiguous.size > 0) rankLimitsLast(due, ambiguous);
    this.#carryOut(due, false, ambiguous);
    this.#protectInside(born);
    return born;
  }

  /** A parent filled inside the bar: its stop may fill in the rest of the bar, its target may not. */
  #protectInside(born: number): void {
    for (let at = born; at < this.#book.orders.length; at++) {
      const order = this.#book.orders[at]!;
      const { bars, clock } = order.market;
      const price = priceInside(order, bars, clock.index, this.#limitFill);
      if (Number.isNaN(price) || order.state !== 'open') continue;
      this.#countAmbiguous(order.market);
      if (order.kind === 'limit') continue;
      this.#execution.order(order, price, bars.time[clock.index]!, false, true);
    }
  }

  #dueTargets(): Due[] {
    const due: Due[] = [];
    for (const market of this.#markets) {
      if (!isTargetDue(market)) continue;
      const { target, clock, quantity } = market;
      const price = market.bars.open[clock.index]!;
      const side = Number.isNaN(target.quantity)
        ? sideForFraction(market, target.fraction, this.#execution.ledger.equityWith(market, price), price)
        : target.quantity - quantity;
      due.push({ market, order: undefined, price, rank: target.id, reduces: side * quantity < 0, maker: false });
    }
    return due;
  }

  /** Adds the first `count` orders of the book that `priceOf` gives a price for; NaN: does not fill. */
  #dueOrders(count: number, priceOf: (order: OpenOrder, at: number) => number, due: Due[] = []): Due[] {
    for (let at = 0; at < count; at++) {
      const order = this.#book.orders[at]!;
      const { market } = order;
      if (order.state !== 'open' || !market.clock.isNew || market.clock.index < order.liveFrom) continue;
      const { rests } = order;
      const price = priceOf(order, at);
      if (Number.isNaN(price)) continue;
      // Where the order's first open is beyond its limit already, it takes what is there.
      const maker = rests && (market.clock.index > order.liveFrom || price !== market.bars.open[market.clock.index]!);
      due.push({ market, order, price, rank: order.id, reduces: order.reduces, maker });
    }
    return due;
  }

  #carryOut(due: Due[], atClose = false, ambiguous?: ReadonlySet<unknown>): void {
    if (due.length > 1) due.sort(byPriority);
    for (const { market, order, price, maker } of due) {
      if (order === undefined) this.#tradeTarget(market);
      else if (order.state === 'open') {
        const { bars, clock } = market;
        const time = atClose ? closeTimeAt(bars, clock.index) : bars.time[clock.index]!;
        const isAmbiguous = order.group !== undefined && (ambiguous?.has(order.group) ?? false);
        if (isAmbiguous) this.#countAmbiguous(market);
        this.#execution.order(order, price, time, maker, isAmbiguous);
      }
    }
  }

  /** A bar counts once, however many orders it leaves in doubt. */
  #countAmbiguous(market: Market): void {
    if (market.ambiguousBar === market.clock.index) return;
    market.ambiguousBar = market.clock.index;
    this.ambiguousBars++;
  }

  #tradeTarget(market: Market): void {
    if (!market.target.isPending) return;
    this.#execution.target(market, market.target, market.bars.time[market.clock.index]!);
  }

  #expireDayOrders(): void {
    for (const order of this.#book.orders) {
      const { market } = order;
      if (order.timeInForce !== 'day' || !market.clock.isNew || market.clock.index < order.liveFrom) continue;
      const session = market.bars.session[market.clock.index]!;
      if (Number.isNaN(order.liveIn)) order.liveIn = session;
      if (order.liveIn === session) continue;
      this.#book.end(order, 'expired', 'end-of-session', market.bars.time[market.clock.index]!);
    }
  }

  /**
   * What the bar's end does to orders that stay open: the rest of an ioc ends, a trailing stop follows, a stop-limit
   * may wait for another price. A trailing stop that was born inside the bar (from `born` on) knows only the close for
   * sure: the extreme may have come before it.
   */
  #endBar(born: number): void {
    this.#book.orders.forEach((order, at) => {
      const { bars, clock } = order.market;
      if (order.state !== 'open' || !clock.isNew || clock.index < order.liveFrom) return;
      if (order.timeInForce === 'ioc') {
        this.#book.end(order, 'cancelled', 'immediate-or-cancel', closeTimeAt(bars, clock.index));
      } else if (order.kind === 'trailing-stop') {
        const extreme = order.side < 0 ? bars.high : bars.low;
        order.follow((at < born ? extreme : bars.close)[clock.index]!);
      } else if (order.triggered) {
        this.#book.touch();
      }
    });
  }
}

function isTargetDue({ target, clock }: Market): boolean {
  return target.isPending && clock.isNew && clock.index >= target.liveFrom;
}

function priceAtOpenOf(order: OpenOrder): number {
  return priceAtOpen(order, order.market.bars, order.market.clock.index);
}

function priceAtCloseOf(order: OpenOrder): number {
  return priceAtClose(order, order.market.bars, order.market.clock.index);
}

function byPriority(a: Due, b: Due): number {
  return a.reduces === b.reduces ? a.rank - b.rank : a.reduces ? -1 : 1;
}

const NO_GROUPS: ReadonlySet<unknown> = new Set();

/** Groups of which two sides are due at once: the bar does not say which came first. */
function ambiguousGroups(due: readonly Due[]): ReadonlySet<unknown> {
  if (due.length < 2) return NO_GROUPS;
  const seen = new Set<unknown>();
  const twice = new Set<unknown>();
  for (const { order } of due) {
    if (order?.group === undefined) continue;
    if (seen.has(order.group)) twice.add(order.group);
    seen.add(order.group);
  }
  return twice;
}

/** Of a group that the bar could have filled twice the worse side is taken: its limits go after its stops. */
function rankLimitsLast(due: readonly Due[], ambiguous: ReadonlySet<unknown>): void {
  for (const limit of due) {
    const group = limit.order?.group;
    if (limit.order?.kind !== 'limit' || !ambiguous.has(group)) continue;
    for (const { order, rank } of due) if (order?.group === group && rank > limit.rank) limit.rank = rank + 0.5;
  }
}
