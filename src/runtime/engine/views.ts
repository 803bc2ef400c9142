/** The strategy's read-only views: feeds, positions and the account, as of the current bar's close. */
import { GoboolError } from '../base/error.ts';
import { INSPECT } from '../base/inspect.ts';
import type { Clock } from '../indicators/clock.ts';
import { Series } from '../indicators/series.ts';
import { closeTimeAt } from '../market/bars.ts';
import type { Account, FeedView, Position } from '../sdk/views.ts';
import type { Ledger } from './ledger.ts';
import type { Market } from './market.ts';
import type { Timeline } from './timeline.ts';

export class LiveFeed implements FeedView {
  readonly open: Series;
  readonly high: Series;
  readonly low: Series;
  readonly close: Series;
  readonly volume: Series;
  readonly #clock: Clock;
  readonly #timeline: Timeline;

  constructor(clock: Clock, timeline: Timeline) {
    const { open, high, low, close, volume } = clock.bars;
    this.open = new Series(clock, open);
    this.high = new Series(clock, high);
    this.low = new Series(clock, low);
    this.close = new Series(clock, close);
    this.volume = new Series(clock, volume);
    this.#clock = clock;
    this.#timeline = timeline;
  }

  get time(): number {
    return this.index < 0 ? Number.NaN : this.#clock.bars.time[this.index]!;
  }

  get closeTime(): number {
    return this.index < 0 ? Number.NaN : closeTimeAt(this.#clock.bars, this.index);
  }

  get index(): number {
    return this.#clock.index;
  }

  get isNew(): boolean {
    return this.#clock.isNew;
  }

  get ageMs(): number {
    return this.#timeline.now - this.closeTime;
  }

  [INSPECT](): object {
    const { time, closeTime, index, isNew, ageMs, open, high, low, close, volume } = this;
    return { time, closeTime, index, isNew, ageMs, open, high, low, close, volume };
  }
}

export class LivePosition implements Position {
  readonly #market: Market;

  constructor(market: Market) {
    this.#market = market;
  }

  get quantity(): number {
    return this.#market.quantity;
  }

  get averagePrice(): number {
    return this.#market.averagePrice;
  }

  get value(): number {
    return this.#market.valueAt(this.#market.lastPrice);
  }

  get profit(): number {
    return this.#market.valueAt(this.#market.lastPrice) - this.#market.valueAt(this.#market.averagePrice);
  }

  get isFlat(): boolean {
    return this.#market.quantity === 0;
  }

  get isLong(): boolean {
    return this.#market.quantity > 0;
  }

  get isShort(): boolean {
    return this.#market.quantity < 0;
  }

  [INSPECT](): object {
    const { quantity, averagePrice, value, profit } = this;
    return { quantity, averagePrice, value, profit };
  }

  /** Of a comparison with a number, which would be false at every bar, in silence. */
  [Symbol.toPrimitive](): never {
    throw new GoboolError('GB_STRATEGY_NUMBER', 'A position was used as if it were a number.', {
      hint: 'Write `position.quantity`, or ask `position.isFlat`, `isLong`, `isShort`.',
    });
  }
}

export class LiveAccount implements Account {
  readonly #ledger: Ledger;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  get cash(): number {
    return this.#ledger.cash;
  }

  get equity(): number {
    return this.#ledger.equity;
  }

  get buyingPower(): number {
    return this.#ledger.options.leverage * this.#ledger.equity - this.#ledger.exposureBeside(undefined);
  }

  [INSPECT](): object {
    const { cash, equity, buyingPower } = this;
    return { cash, equity, buyingPower };
  }
}
