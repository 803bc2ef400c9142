/**
 * A second engine, written from docs/semantics.md and not from the first one: one product, one feed, bar by bar, the
 * whole list of orders looked through at every moment. It is slow and plain, so that it can be checked by reading.
 *
 * Left out: several products and feeds, warm-up, `signals`, fees of a strategy's own,
 * funding, splits and dividends; changed quantities of a bracket's sides.
 */
import type { RunOptions } from '../../../src/runtime/engine/run-options.ts';
import type { Orders } from '../../../src/runtime/index.ts';
import { ReferenceAccount, type Traded } from './account.ts';
import type { Bar } from './bar.ts';
import { ReferenceBook } from './book.ts';
import {
  type Chance,
  chanceOf,
  isBornInside,
  isHitAtOnce,
  isInReach,
  isTakenAfterEntry,
  triggerPrice,
} from './chance.ts';
import type { Moment, ReferenceOrder } from './order.ts';
import { floorToLot, roundToTick } from './rounding.ts';

export interface ReferenceFill {
  readonly bar: number;
  readonly order: number;
  readonly kind: string;
  readonly quantity: number;
  readonly price: number;
  readonly fee: number;
}

/** How an order ended, or that it did not. */
interface ReferenceEnding {
  readonly id: number;
  readonly kind: string;
  readonly state: string;
  readonly filled: number;
}

export interface ReferenceOutcome {
  readonly fills: readonly ReferenceFill[];
  /** By age. */
  readonly orders: readonly ReferenceEnding[];
  readonly ambiguousBars: number;
  readonly cash: number;
  readonly position: number;
  readonly equity: readonly number[];
}

/** What a strategy does at the close of a bar. */
export type OnBar = (orders: Orders, bar: Bar) => void;

/** Less is what rounding leaves. */
const DUST = 1e-9;

export class ReferenceEngine {
  readonly #bars: readonly Bar[];
  readonly #options: RunOptions;
  readonly #traded: Traded;
  readonly #account: ReferenceAccount;
  readonly #book: ReferenceBook;
  readonly #fills: ReferenceFill[] = [];
  /** Bars that do not say which of two orders they filled. */
  readonly #ambiguous = new Set<Bar>();
  /** What the fills of this bar have taken of its volume. */
  #taken = 0;

  constructor(bars: readonly Bar[], options: RunOptions, traded: Traded) {
    this.#bars = bars;
    this.#options = options;
    this.#traded = traded;
    this.#account = new ReferenceAccount(options, traded);
    const sizeNow = (fraction: number): number => this.#account.positionFor(fraction, this.#book.bar.close);
    this.#book = new ReferenceBook(traded, options.sizing === 'decision' ? sizeNow : undefined);
  }

  run(onBar: OnBar): ReferenceOutcome {
    const equity: number[] = [];
    for (const bar of this.#bars) {
      this.#taken = 0;
      const before = this.#bars[bar.index - 1];
      if (before !== undefined) this.#account.carry(before.close, bar.session - before.session);
      this.#expire(bar);
      for (const moment of ['open', 'inside', 'close'] as const) this.#settle(bar, moment);
      this.#endOfBar(bar);
      equity.push(this.#account.equity(bar.close));
      // Wiped out.
      if (equity.at(-1)! <= 0) break;
      this.#book.bar = bar;
      if (this.#account.isShortOfMargin(bar.close)) this.#book.callMargin(this.#account.position);
      onBar(this.#book, bar);
    }
    const { cash, position } = this.#account;
    const orders = this.#book.all.map(({ id, kind, state, filled }) => ({ id, kind, state, filled }));
    return { fills: this.#fills, orders, ambiguousBars: this.#ambiguous.size, cash, position, equity };
  }

  get #open(): ReferenceOrder[] {
    return this.#book.all.filter(({ isOpen }) => isOpen);
  }

  /** A day order ends with the session of its first bar. */
  #expire(bar: Bar): void {
    for (const order of this.#open) {
      order.session ??= bar.session;
      const isOver = order.timeInForce === 'day' && order.session !== bar.session;
      if (isOver || order.goodTill <= bar.opensAt) order.state = 'expired';
    }
  }

  /** Every order that the moment fills gets one chance. What comes to life by a fill waits for the ones before it. */
  #settle(bar: Bar, moment: Moment): void {
    const had = new Set<ReferenceOrder>();
    for (;;) {
      const due = this.#due(bar, moment).filter(order => !had.has(order));
      if (due.length === 0) break;
      for (const order of due) {
        had.add(order);
        const chance = order.isOpen ? chanceOf(order, bar, moment, this.#options) : undefined;
        if (chance === undefined) continue;
        const isInDoubt = moment === 'inside' && order.group.some(other => due.includes(other));
        if (isInDoubt && this.#possible(order, bar) !== 0) this.#ambiguous.add(bar);
        this.#fill(order, chance, bar, moment);
      }
      if (moment === 'inside') this.#doubtEntries(bar, had);
    }
  }

  /** A bar that an entry inside it is protected in, and that reaches a side, does not say what came first. */
  #doubtEntries(bar: Bar, had: ReadonlySet<ReferenceOrder>): void {
    for (const order of this.#open) {
      if (!isBornInside(order, bar) || had.has(order)) continue;
      const isStopped = triggerPrice(order, bar, 'inside') !== undefined;
      // Where the bar has no volume left, a stop may still have been hit.
      if (isStopped || (isInReach(order, bar, this.#options) && this.#possible(order, bar) !== 0)) {
        this.#ambiguous.add(bar);
      }
    }
  }

  /**
   * First what is hit at once, then what reduces the position, then the older order. Inside a bar the orders of a group
   * follow each other, stops before limits or the other way round: their place is that of the one that goes first.
   */
  #due(bar: Bar, moment: Moment): ReferenceOrder[] {
    const due = this.#open.filter(order => chanceOf(order, bar, moment, this.#options) !== undefined);
    const isBest = this.#options.ambiguousBars === 'best';
    const turnOf = (order: ReferenceOrder): number =>
      isHitAtOnce(order, bar) ? 0 : (order.kind === 'limit') === isBest ? 1 : 2;
    const placeOf = (order: ReferenceOrder): { rank: number; age: number } => {
      const group = moment === 'inside' ? due.filter(each => each === order || order.group.includes(each)) : [order];
      group.sort((a, b) => turnOf(a) - turnOf(b) || a.id - b.id);
      const first = group[0]!;
      // All sides of entries inside reduce: those of any group go first that the rule takes.
      const rank = isBornInside(first, bar) ? turnOf(first) : this.#reduces(first, bar) ? 1 : 2;
      const before = group.slice(0, group.indexOf(order) + 1);
      return { rank, age: before.reduce((age, { id }) => Math.max(id, age + 1 / group.length), 0) };
    };
    const places = new Map(due.map(order => [order, placeOf(order)]));
    return due.sort((a, b) => {
      const [ofA, ofB] = [places.get(a)!, places.get(b)!];
      return ofA.rank - ofB.rank || ofA.age - ofB.age;
    });
  }

  #reduces(order: ReferenceOrder, bar: Bar): boolean {
    if (order.kind === 'target' && Number.isNaN(order.quantity)) {
      const change = this.#wanted(order, bar) - this.#account.position;
      return change * this.#account.position < 0;
    }
    return order.remaining * this.#account.position < 0;
  }

  #wanted(order: ReferenceOrder, bar: Bar): number {
    return order.wanted ?? this.#account.positionFor(order.fraction ?? 0, bar.open);
  }

  #fill(order: ReferenceOrder, chance: Chance, bar: Bar, moment: Moment): void {
    if (order.kind === 'target' && Number.isNaN(order.quantity) && !this.#size(order, bar)) return;
    const account = this.#account;
    const quantity = this.#possible(order, bar);
    if (quantity === 0) return;
    const side = quantity > 0 ? 1 : -1;
    const price = chance.asLimit ? chance.price : account.worsened(chance.price, side);
    const fee = account.fee(quantity, price, chance.makes);
    if (account.refusal(quantity, price, fee) !== undefined) {
      order.state = 'rejected';
      this.#book.forgetTarget();
      return;
    }
    const before = account.position;
    account.book(quantity, price, fee);
    this.#fills.push({ bar: bar.index, order: order.id, kind: order.kind, quantity, price, fee });
    this.#taken += Math.abs(quantity);
    if (order.kind !== 'target') this.#book.forgetTarget();
    order.filled += quantity;
    if (order.isComplete) order.state = 'filled';
    this.#endOthers(order, quantity);
    const after = account.position;
    if (before !== 0 && after * before <= 0) this.#endSides();
    const opened = after * side <= 0 ? 0 : before * side >= 0 ? quantity : after;
    if (opened !== 0) this.#protect(order, opened, { bar: bar.index, moment, market: chance.price }, price, bar);
  }

  /** The quantity of a target, at its first open; false where there is nothing to trade. */
  #size(order: ReferenceOrder, bar: Bar): boolean {
    const { position } = this.#account;
    const wanted = this.#wanted(order, bar);
    const change = wanted - position;
    if (Math.abs(change) > DUST * Math.abs(position)) {
      order.quantity = change;
      return true;
    }
    const isTooLittle = position === 0 && order.fraction !== 0;
    order.state = isTooLittle ? 'rejected' : 'cancelled';
    if (isTooLittle) this.#book.forgetTarget();
    return false;
  }

  /** What of an order may fill: a side of a bracket never sells more than is held, and there is the volume. */
  #possible(order: ReferenceOrder, bar: Bar): number {
    const { maxParticipation } = this.#options;
    const asked = Math.abs(order.remaining);
    const held = order.entry === undefined ? asked : Math.min(asked, Math.abs(this.#account.position));
    if (maxParticipation === undefined) return order.side * held;
    const cap = maxParticipation * bar.volume;
    const left = floorToLot(cap - this.#taken, this.#traded.lot);
    return left <= DUST * cap ? 0 : order.side * Math.min(held, left);
  }

  /** Of a group only one may fill; a side of a bracket that fills in part leaves the other as much. */
  #endOthers(order: ReferenceOrder, quantity: number): void {
    for (const other of order.group) {
      if (!other.isOpen) continue;
      if (order.entry !== undefined && order.isOpen) other.quantity -= quantity;
      else other.state = 'cancelled';
    }
  }

  /** The position that they protected has ended. */
  #endSides(): void {
    for (const order of this.#open) if (order.entry !== undefined) order.state = 'cancelled';
  }

  #protect(
    parent: ReferenceOrder,
    opened: number,
    entry: NonNullable<ReferenceOrder['entry']>,
    price: number,
    bar: Bar,
  ): void {
    const living = parent.sides.filter(({ isOpen }) => isOpen);
    if (living.length > 0) {
      for (const side of living) side.quantity -= opened;
      return;
    }
    const { stopLoss, takeProfit } = parent.bracket;
    const way = opened > 0 ? 1 : -1;
    const sides: ReferenceOrder[] = [];
    if (stopLoss !== undefined) {
      const isTrailing = typeof stopLoss === 'object' && 'trail' in stopLoss;
      const stop = this.#book.addSide(parent, isTrailing ? 'trailing-stop' : 'stop', -opened, bar);
      if (isTrailing) {
        stop.trail = { amount: stopLoss.trail };
        // It follows the market, which slippage does not move.
        this.#book.follow(stop, entry.market);
      } else {
        const level = typeof stopLoss === 'object' ? price - way * stopLoss.offset : stopLoss;
        stop.stop = roundToTick(level, way > 0 ? -1 : 1, this.#traded.tick);
      }
      sides.push(stop);
    }
    if (takeProfit !== undefined) {
      const target = this.#book.addSide(parent, 'limit', -opened, bar);
      const level = typeof takeProfit === 'object' ? price + way * takeProfit.offset : takeProfit;
      target.limit = roundToTick(level, way, this.#traded.tick);
      // It rests from its entry on; of an entry at the close the next open is the first that it meets.
      target.pricedFrom = entry.moment === 'close' ? bar.index + 1 : bar.index;
      sides.push(target);
    }
    for (const side of sides) {
      side.entry = entry;
      side.group = sides.filter(other => other !== side);
    }
  }

  /** What a bar leaves behind: triggered stops, trailing stops that followed it, orders whose time is over. */
  #endOfBar(bar: Bar): void {
    for (const order of this.#open) {
      if (order.goodTill < bar.closesAt) order.state = 'expired';
      if (order.timeInForce === 'ioc') order.state = 'cancelled';
      if (!order.isOpen || !this.#met(order, bar)) continue;
      this.#trigger(order, bar);
      const seesAll = order.entry?.bar !== bar.index || order.entry.moment === 'open';
      this.#book.follow(order, seesAll ? (order.side > 0 ? bar.low : bar.high) : bar.close);
    }
  }

  /** A stop that was reached and did not fill is a market order, or a limit order from then on. */
  #trigger(order: ReferenceOrder, bar: Bar): void {
    if (Number.isNaN(order.stop) || order.isTriggered) return;
    if (!(['open', 'inside'] as const).some(each => triggerPrice(order, bar, each) !== undefined)) return;
    if (!isTakenAfterEntry(order, bar, this.#options)) return;
    order.isTriggered = true;
    // From then on it rests.
    order.pricedFrom = bar.index;
  }

  /** Entered at the close, the sides of a bracket wait for the next bar. */
  #met(order: ReferenceOrder, bar: Bar): boolean {
    return !(order.entry?.bar === bar.index && order.entry.moment === 'close');
  }
}
