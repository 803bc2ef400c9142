/**
 * What happens to the account without an order: interest and borrow fees when a session begins, splits, dividends and
 * funding on their dates. Says at which step something is due; the desk books it around that step's fills. Only runs
 * that need one have an agenda.
 */
import type { Dataset } from '../market/dataset.ts';
import { type HolderEvent, holderEvents } from '../market/holder-events.ts';
import type { Carry } from './carry.ts';
import type { CashBook } from './cash-book.ts';
import type { Market } from './market.ts';
import type { OrderBook } from './order-book.ts';
import { splitHolding } from './split.ts';
import type { Timeline } from './timeline.ts';

/** The events of one product that are still to come. */
interface Queue {
  readonly market: Market;
  readonly events: readonly HolderEvent[];
  /** Index of the next one. */
  next: number;
}

export interface AgendaParts {
  readonly timeline: Timeline;
  readonly markets: readonly Market[];
  readonly book: OrderBook;
  readonly cash: CashBook;
  readonly carry: Carry | undefined;
}

export class Agenda {
  /** The step that `nextDue` found. */
  due = -1;
  readonly #parts: AgendaParts;
  readonly #queues: readonly Queue[];
  /** Session up to which interest is booked; NaN before the first step. */
  #session = Number.NaN;

  private constructor(parts: AgendaParts, queues: readonly Queue[]) {
    this.#parts = parts;
    this.#queues = queues;
  }

  /** Absent where nothing can be due. `feeds`: per clock of the timeline. */
  static for(parts: AgendaParts, feeds: readonly Dataset[]): Agenda | undefined {
    const { timeline, markets, carry } = parts;
    const queues = markets
      .map(market => ({ market, events: holderEvents(feeds[timeline.clocks.indexOf(market.clock)]!), next: 0 }))
      .filter(({ events }) => events.length > 0);
    return carry === undefined && queues.length === 0 ? undefined : new Agenda(parts, queues);
  }

  /**
   * To be called with the clocks on the first step, before anything is ordered: what has happened by then is no
   * matter of the run's.
   */
  start(): void {
    for (const queue of this.#queues) {
      const { events, market } = queue;
      while (queue.next < events.length && events[queue.next]!.bar <= market.clock.index) queue.next++;
    }
  }

  /** The first step from `step` on at which something is due; the end of the block where there is none. */
  nextDue(step: number): number {
    const { timeline, carry } = this.#parts;
    let due = carry === undefined ? timeline.to : this.#nextSession(step);
    for (const { market, events, next } of this.#queues) {
      const event = events[next];
      if (event !== undefined) due = Math.min(due, timeline.stepOf(market.clock, event.bar, step));
    }
    this.due = due;
    return due;
  }

  /** To be called with the clocks on the step. */
  beforeFills(step: number): void {
    const { timeline, cash, carry } = this.#parts;
    cash.begin(step);
    const session = timeline.sessionAt(step);
    if (session > this.#session) carry?.accrue(session - this.#session, timeline.clocks);
    this.#session = session;
    for (const queue of this.#queues) this.#bookDue(queue, event => event.isBeforeFills);
  }

  afterFills(step: number): void {
    this.#parts.cash.begin(step);
    for (const queue of this.#queues) this.#bookDue(queue, () => true);
  }

  #nextSession(step: number): number {
    const { timeline } = this.#parts;
    return timeline.sessionAt(step) === this.#session ? timeline.sessionEnd(step) : step;
  }

  #bookDue(queue: Queue, isDue: (event: HolderEvent) => boolean): void {
    for (;;) {
      const event = queue.events[queue.next];
      if (event === undefined || event.bar > queue.market.clock.index || !isDue(event)) return;
      queue.next++;
      if (queue.market.quantity !== 0) this.#book(event, queue.market);
      if (event.ratio !== 1) this.#split(event, queue.market);
    }
  }

  #book({ bar, time, dividend, rate }: HolderEvent, market: Market): void {
    const { cash } = this.#parts;
    if (dividend !== 0) cash.add('dividend', market.valueAt(dividend), time, market);
    if (rate !== 0) cash.add('funding', -rate * market.valueAt(market.bars.open[bar]!), time, market);
  }

  #split({ ratio, time }: HolderEvent, market: Market): void {
    const { cash, book } = this.#parts;
    if (market.quantity !== 0) cash.addSplit(ratio, time, market);
    splitHolding(market, book, ratio, time);
  }
}
