/**
 * Takes orders and pending targets through one step: what fills at the open first, then what fills inside the bar, then
 * what fills at the close. Within a moment, orders that reduce a position go first, then the older ones, across all
 * products. What a bar leaves open, which of two orders it reached first, `ambiguity.ts` decides.
 * Limitation: a bar of a long interval is settled when it closes, also what filled at its open.
 */

import { closeTimeAt } from '../market/bars.ts';
import type { Agenda } from './agenda.ts';
import { type AmbiguousBars, ambiguousGroups, fillsAfterBirth, isHitAtOnce, isTaken, rankByPath } from './ambiguity.ts';
import { byPriority, type Due, isTargetDue, priceAtCloseOf, priceAtOpenOf } from './due.ts';
import type { Execution } from './execution.ts';
import type { Market } from './market.ts';
import type { OpenOrder, OrderGroup } from './open-order.ts';
import type { OrderBook } from './order-book.ts';
import type { PlainTarget } from './plain-target.ts';
import { type LimitFill, priceInside } from './price-rules.ts';
import { sideForFraction } from './target-size.ts';
import type { Timeline } from './timeline.ts';

/** Bars that are searched at once for one that reaches an order; who trades sooner makes the search start anew. */
const LOOK_AHEAD = 64;

export interface DeskParts {
  readonly markets: readonly Market[];
  readonly book: OrderBook;
  readonly execution: Execution;
  readonly plain: PlainTarget | undefined;
  readonly agenda: Agenda | undefined;
  readonly timeline: Timeline;
}

export class Desk {
  /** The first step, from the present one on, that needs settling; infinity while nothing is open or pending. */
  wakeAt = Number.POSITIVE_INFINITY;
  ambiguousBars = 0;
  readonly #markets: readonly Market[];
  readonly #book: OrderBook;
  readonly #execution: Execution;
  readonly #limitFill: LimitFill;
  readonly #maxParticipation: number | undefined;
  readonly #rule: AmbiguousBars;
  readonly #plain: PlainTarget | undefined;
  readonly #agenda: Agenda | undefined;
  readonly #timeline: Timeline;

  constructor(parts: DeskParts) {
    const { options } = parts.execution.ledger;
    this.#plain = parts.plain;
    this.#agenda = parts.agenda;
    this.#timeline = parts.timeline;
    this.#markets = parts.markets;
    this.#book = parts.book;
    this.#execution = parts.execution;
    this.#limitFill = options.limitFill;
    this.#maxParticipation = options.maxParticipation;
    this.#rule = options.ambiguousBars ?? 'worst';
  }

  /** To be called after anything was asked for, changed, or is on the agenda: the next step is settled. */
  wake(): void {
    this.wakeAt = 0;
  }

  /** Fills what the new bars of `step` fill, and books what the agenda has for it. */
  settle(step: number): void {
    if (this.#agenda?.due === step) this.#fillAmong(this.#agenda, step);
    else this.#fill(step);
    this.wakeAt = this.#nextWake(step);
  }

  #fillAmong(agenda: Agenda, step: number): void {
    agenda.beforeFills(step);
    this.#fill(step);
    agenda.afterFills(step);
  }

  #fill(step: number): void {
    const isQuiet = this.#isQuiet();
    if (isQuiet && (this.#tradePlain(step) || !this.#markets.some(isTargetDue))) return;
    const { ledger } = this.#execution;
    this.#execution.step = step;
    ledger.stepCosts = 0;
    this.#openVolume();
    ledger.atOpen = true;
    if (isQuiet) this.#tradeTargets();
    else this.#settleOrders();
    ledger.atOpen = false;
  }

  /** The next step that may fill something. Of one feed alone it is looked for some way ahead. */
  #nextWake(step: number): number {
    const hasOrders = this.#book.orders.length > 0;
    if (this.#hasPendingTarget() || (hasOrders && !this.#timeline.isSingle)) return step + 1;
    if (!hasOrders) return Number.POSITIVE_INFINITY;
    this.#book.refreshQuiet();
    return this.#markets[0]!.nextDisturbed(step + 1, Math.min(step + 1 + LOOK_AHEAD, this.#timeline.to));
  }

  /** The short way, where there is one. */
  #tradePlain(step: number): boolean {
    if (this.#plain === undefined) return false;
    const market = this.#onlyDueTarget();
    if (market === undefined) return false;
    const { ledger } = this.#execution;
    ledger.atOpen = true;
    const isTraded = this.#plain.trade(market, step);
    if (isTraded && (this.#book.orders.length > 0 || market.target.bracket !== undefined)) {
      this.#execution.step = step;
      this.#execution.afterPlain(market);
      this.#settleNewborn();
    }
    ledger.atOpen = false;
    return isTraded;
  }

  /** Whether the new bars reach no open order. */
  #isQuiet(): boolean {
    if (this.#book.orders.length === 0) return true;
    this.#book.refreshQuiet();
    for (const market of this.#markets) {
      const { index, isNew } = market.clock;
      if (isNew && market.nextDisturbed(index, index + 1) === index) return false;
    }
    return true;
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

  /** The common case: no open order is reached, only targets trade. */
  #tradeTargets(): void {
    const only = this.#onlyDueTarget();
    if (only !== undefined) this.#tradeTarget(only);
    else this.#carryOut(this.#dueTargets());
    if (this.#book.orders.length > 0) this.#settleNewborn();
  }

  /** Orders that the targets' fills brought to life live from this bar on; mostly it is quiet for them. */
  #settleNewborn(): void {
    this.#book.sweep();
    if (!this.#isQuiet()) this.#settleOrders();
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
    this.#expireDatedOrders(({ bars, clock }) => bars.time[clock.index]!);
    const oldest = this.#book.orders.length;
    this.#carryOut(this.#dueOrders(oldest, priceAtOpenOf, this.#dueTargets()));
    this.#protectAtOpen(oldest);
    this.#expireDatedOrders(({ bars, clock }) => closeTimeAt(bars, clock.index) - 1);
    const born = this.#settleInside();
    this.#execution.ledger.atOpen = false;
    this.#carryOut(this.#dueOrders(this.#book.orders.length, priceAtCloseOf), true);
    this.#endBar(born);
    this.#book.sweep();
  }

  /** Protective orders from place `born` on, which fills at the open brought to life: the open may be past them. */
  #protectAtOpen(born: number): void {
    const { length } = this.#book.orders;
    if (born === length) return;
    this.#carryOut(this.#dueOrders(length, (order, at) => (at < born ? Number.NaN : priceAtOpenOf(order))));
  }

  /** Returns how many orders there were before the first fill inside. */
  #settleInside(): number {
    const { orders } = this.#book;
    const rule = this.#limitFill;
    const due = this.#dueOrders(orders.length, order =>
      priceInside(order, order.market.bars, order.market.clock.index, rule),
    );
    const born = orders.length;
    const ambiguous = ambiguousGroups(due);
    if (ambiguous.size > 0) rankByPath(due, ambiguous, this.#rule);
    this.#carryOut(due, false, ambiguous);
    this.#protectInside(born);
    return born;
  }

  /** Parents filled inside the bar: which of their sides fill in the rest of it? */
  #protectInside(born: number): void {
    if (born === this.#book.orders.length) return;
    const sides = this.#book.orders.slice(born);
    const rule = this.#rule;
    const placeOf = (side: OpenOrder): number => (isHitAtOnce(side) ? 0 : isTaken(side, rule) ? 1 : 2);
    for (const order of sides.sort((a, b) => placeOf(a) - placeOf(b))) {
      const { bars, clock } = order.market;
      const price = priceInside(order, bars, clock.index, this.#limitFill);
      if (Number.isNaN(price) || order.state !== 'open') continue;
      // Where the bar has no volume left, a stop may still have been hit.
      if (order.isStop || this.#execution.fillable(order) !== 0) this.#countAmbiguous(order.market);
      if (!fillsAfterBirth(order, bars.close[clock.index]!, rule)) continue;
      // A target that the market is past already fills where the market is.
      const traded = Math.max(bars.low[clock.index]!, Math.min(bars.high[clock.index]!, price));
      const maker = order.kind === 'limit' && !order.isReached;
      this.#execution.order(order, traded, bars.time[clock.index]!, maker, true);
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
      const maker = rests && (market.clock.index > order.pricedFor || price !== market.bars.open[market.clock.index]!);
      due.push({ market, order, price, rank: order.id, reduces: order.reduces, maker });
    }
    return due;
  }

  #carryOut(due: Due[], atClose = false, ambiguous?: ReadonlySet<OrderGroup>): void {
    if (due.length > 1) due.sort(byPriority);
    for (const { market, order, price, maker } of due) {
      if (order === undefined) this.#tradeTarget(market);
      else if (order.state === 'open') {
        const { bars, clock } = market;
        const time = atClose ? closeTimeAt(bars, clock.index) : bars.time[clock.index]!;
        const isAmbiguous = order.group !== undefined && (ambiguous?.has(order.group) ?? false);
        if (isAmbiguous && this.#execution.fillable(order) !== 0) this.#countAmbiguous(market);
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
      if (order.timeInForce !== 'day' || !market.clock.isNew || market.clock.index < order.firstBar) continue;
      const session = market.bars.session[market.clock.index]!;
      if (Number.isNaN(order.liveIn)) order.liveIn = session;
      if (order.liveIn === session) continue;
      this.#book.end(order, 'expired', 'end-of-session', market.bars.time[market.clock.index]!);
    }
  }

  /** A date inside a bar lets the open fill: the rest of the bar may lie after it. */
  #expireDatedOrders(momentOf: (market: Market) => number): void {
    for (const order of this.#book.orders) {
      if (order.state !== 'open' || !order.market.clock.isNew || order.goodTill > momentOf(order.market)) continue;
      this.#book.end(order, 'expired', 'good-till-date', order.goodTill);
    }
  }

  /**
   * What the bar's end does to orders that stay open: the rest of an ioc ends, a trailing stop follows, a stop that
   * was hit waits for another price, or for none. A trailing stop that was born inside the bar (from `born` on) knows
   * only the close for sure: the extreme may have come before it.
   */
  #endBar(born: number): void {
    this.#book.orders.forEach((order, at) => {
      const { bars, clock } = order.market;
      if (order.state !== 'open' || !clock.isNew || clock.index < order.firstBar) return;
      if (order.timeInForce === 'ioc') {
        if (clock.index < order.liveFrom) return;
        this.#book.end(order, 'cancelled', 'immediate-or-cancel', closeTimeAt(bars, clock.index));
      } else if (order.kind === 'trailing-stop' && !order.triggered) {
        const extreme = order.side < 0 ? bars.high : bars.low;
        order.follow((at < born ? extreme : bars.close)[clock.index]!);
      } else if (order.triggered) {
        this.#book.touch();
      }
    });
  }
}
