/**
 * Watches the account at every close while equity could fall away. Equity at or below zero ends the run. Equity below
 * the maintenance margin, a fraction of the value of all positions regardless of their side, is a margin call: every
 * waiting order is cancelled, every position is closed whole at its product's next open, and until that is done new
 * orders are rejected. Whole, because it is the simplest rule that nobody can game; brokers may close less.
 */
import type { Desk } from './desk.ts';
import type { Journal } from './journal.ts';
import type { Ledger } from './ledger.ts';
import type { Market } from './market.ts';
import { OpenOrder } from './open-order.ts';
import type { OrderBook } from './order-book.ts';
import type { Timeline } from './timeline.ts';

export interface MarginParts {
  readonly timeline: Timeline;
  readonly ledger: Ledger;
  readonly journal: Journal;
  readonly book: OrderBook;
  readonly desk: Desk;
}

export class Margin {
  /** Close times of the bars that showed a margin call, epoch milliseconds. */
  readonly calls: number[] = [];
  readonly #parts: MarginParts;
  readonly #rate: number;
  /** What closes the positions of the last call. */
  #closing: readonly OpenOrder[] = [];

  constructor(parts: MarginParts) {
    this.#parts = parts;
    this.#rate = parts.ledger.options.maintenanceMargin ?? 0;
  }

  /** Whether the positions of a margin call are not all closed yet. */
  get isCalled(): boolean {
    return this.#closing.length > 0 && this.#closing.some(order => order.state === 'open');
  }

  /** To be called at a close, after its fills. True: equity is used up. */
  isUsedUp(): boolean {
    const { ledger } = this.#parts;
    const { equity } = ledger;
    if (equity <= 0) return true;
    if (this.#rate > 0 && equity < this.#rate * ledger.exposureBeside(undefined) && !this.isCalled) this.#call();
    return false;
  }

  #call(): void {
    const { timeline, ledger, journal, book, desk } = this.#parts;
    const { now } = timeline;
    this.calls.push(now);
    for (const order of book.orders) book.end(order, 'cancelled', 'margin-call', now);
    book.sweep();
    for (const market of ledger.markets) {
      if (market.target.isPending) journal.target(market, market.target, 'cancelled', 'margin-call', 0, now);
      market.target.isPending = false;
      market.forgetTarget();
    }
    this.#closing = ledger.markets.filter(({ quantity }) => quantity !== 0).map(market => this.#close(market, now));
    desk.wake();
  }

  #close(market: Market, now: number): OpenOrder {
    const { journal, book } = this.#parts;
    const order = new OpenOrder({
      id: journal.nextId(),
      market,
      terms: { kind: 'margin-call' },
      quantity: -market.quantity,
      submitted: now,
      liveFrom: market.firstBarFrom(now),
    });
    book.add(order);
    return order;
  }
}
