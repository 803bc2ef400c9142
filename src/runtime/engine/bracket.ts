/** The protective orders of brackets: made when their parent first fills, enlarged when it fills more. */
import type { StopLoss, TakeProfit } from '../sdk/orders.ts';
import { type Side, toTick } from './costs.ts';
import type { Deal } from './deal.ts';
import type { Journal } from './journal.ts';
import type { Market } from './market.ts';
import { OpenOrder, type OrderGroup, type OrderTerms } from './open-order.ts';
import type { OrderBook } from './order-book.ts';
import { distancesOf } from './order-checks.ts';

/** Sides that are this many times above or below the market are counted. */
const FAR = 10;

/** What a bracket protects: an order, or a target that filled whole. */
export type Protected = Pick<OpenOrder, 'id' | 'side' | 'stopLoss' | 'takeProfit'>;

export class Brackets {
  readonly #book: OrderBook;
  readonly #journal: Journal;

  constructor(book: OrderBook, journal: Journal) {
    this.#book = book;
    this.#journal = journal;
  }

  /**
   * Protects what a fill of the parent opened: not the part that closed an opposite position. The sides are live from
   * now on. Offsets count from what the parent paid, which slippage moved away from where the market stood.
   */
  activate(parent: Protected, deal: Deal): void {
    const { stopLoss, takeProfit } = parent;
    if (stopLoss === undefined && takeProfit === undefined) return;
    const { market, quantity } = deal;
    const held = market.quantity;
    if (held * quantity <= 0) return;
    const opened = Math.abs(quantity) < Math.abs(held) ? quantity : held;
    if (this.#enlarge(parent.id, opened)) return;
    const group: OrderGroup = { members: [], shrink: true };
    // The stop comes first: among two sides that one bar reaches, the worse one fills.
    if (stopLoss !== undefined) {
      const stop = this.#protect(parent, group, opened, stopTerms(parent.side, stopLoss, deal), deal);
      if (stop.kind === 'trailing-stop') stop.follow(deal.raw);
    }
    if (takeProfit === undefined) return;
    this.#protect(parent, group, opened, targetTerms(parent.side, takeProfit, deal), deal);
  }

  /** Whether the parent has filled before, so that its sides only had to grow. */
  #enlarge(parent: number, opened: number): boolean {
    let isAny = false;
    for (const order of this.#book.orders) {
      if (order.parent !== parent || order.state !== 'open') continue;
      order.quantity -= opened;
      isAny = true;
    }
    if (isAny) this.#book.touch();
    return isAny;
  }

  #protect(parent: Protected, group: OrderGroup, opened: number, terms: OrderTerms, deal: Deal): OpenOrder {
    const { market, raw, time } = deal;
    const { bars, clock } = market;
    const side = new OpenOrder({
      id: this.#journal.nextId(),
      market,
      terms,
      quantity: -opened,
      submitted: time,
      // After an entry at the close, the next open is the first that the sides meet.
      liveFrom: isAtClose(market, time) ? clock.index + 1 : clock.index,
      parent: parent.id,
      isPastEntry: parent.side * (bars.open[clock.index]! - raw) > 0,
      isReached: isReached(terms, parent.side, raw),
    });
    if (isFar(terms, raw)) this.#journal.farSides++;
    side.group = group;
    group.members.push(side);
    this.#book.add(side);
    return side;
  }
}

function isAtClose({ bars, clock }: Market, time: number): boolean {
  return time > bars.time[clock.index]!;
}

function stopTerms(side: Side, stopLoss: StopLoss, { market, price, raw, time }: Deal): OrderTerms {
  const { trail, offset = Number.NaN } = distancesOf(stopLoss);
  if (trail !== undefined) return { kind: 'trailing-stop', trail: { amount: trail, fraction: Number.NaN } };
  const level = typeof stopLoss === 'object' ? price - side * offset : stopLoss;
  // A market that has closed hits no stop: the next open decides, so the stop waits for it where it was asked for.
  const reach = isAtClose(market, time) ? side * Number.POSITIVE_INFINITY : raw;
  // A stop beyond the market is hit at once, where the market stands and not at a better price.
  const reachable = side > 0 ? Math.min(level, reach) : Math.max(level, reach);
  return { kind: 'stop', stop: toTick(reachable, side > 0 ? -1 : 1, market.product.tick) };
}

function targetTerms(side: Side, takeProfit: TakeProfit, { market, price }: Deal): OrderTerms {
  const level = typeof takeProfit === 'object' ? price + side * takeProfit.offset : takeProfit;
  return { kind: 'limit', limit: toTick(level, side, market.product.tick) };
}

/** Whether a side is hardly meant as a price where the market stands at `raw`: 0.05, where 5 % was thought of. */
function isFar({ stop, limit }: OrderTerms, raw: number): boolean {
  const level = stop ?? limit ?? raw;
  return level * FAR < raw || level > raw * FAR;
}

/** Whether a market at `raw` is at the price of a parent's side already, or past it. */
function isReached({ stop = Number.NaN, limit = Number.NaN }: OrderTerms, side: Side, raw: number): boolean {
  return side * (stop - raw) >= 0 || side * (limit - raw) <= 0;
}
