/**
 * Ticks to bars. A trade belongs to the bar in whose interval its time lies, whenever it arrives: the open is the price
 * of the earliest trade, the close that of the latest; of trades at the same time the first arrived opens and the last
 * closes. An interval without a tick has no bar. Quotes give the spread, and where there are no trades also the prices:
 * the middle of bid and ask.
 * Invariant: bars do not depend on how the ticks are cut into pieces.
 * Limitation: intervals are those of the UTC clock, so they must divide the hours at which sessions open.
 */
import { PriceFold } from './price-fold.ts';

/** Columns of bars, times rising; `spread` where there were quotes. */
export interface FoldedTicks {
  readonly length: number;
  /** Opens of the bars, epoch milliseconds. */
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** Sum of the sizes of trades; without trades the sizes of bid and ask at the close. */
  readonly volume: Float64Array;
  readonly spread?: Float64Array;
}

export interface Quote {
  /** Epoch milliseconds. */
  readonly time: number;
  /** 0 where the quote tells only the other side: then the last one stands. */
  readonly bid: number;
  readonly bidSize: number;
  readonly ask: number;
  readonly askSize: number;
}

const NO_SIDE = { price: Number.NaN, size: 0 };

export class TickFold {
  readonly #trades: PriceFold;
  readonly #quotes: PriceFold;
  #bid = NO_SIDE;
  #ask = NO_SIDE;

  constructor(intervalMs: number) {
    this.#trades = new PriceFold(intervalMs);
    this.#quotes = new PriceFold(intervalMs);
  }

  /** `price` is above zero, `size` not below. */
  addTrade(time: number, price: number, size: number): void {
    const bar = this.#trades.add(time, price);
    this.#trades.volumes[bar] = (this.#trades.volumes[bar] ?? 0) + size;
  }

  /** False where it tells no spread: a side is not known yet, or the bid is above the ask. */
  addQuote({ time, bid, bidSize, ask, askSize }: Quote): boolean {
    if (bid > 0) this.#bid = { price: bid, size: bidSize };
    if (ask > 0) this.#ask = { price: ask, size: askSize };
    const spread = this.#ask.price - this.#bid.price;
    if (!(spread >= 0)) return false;
    const bar = this.#quotes.add(time, (this.#bid.price + this.#ask.price) / 2);
    if (this.#quotes.isClose(bar, time)) {
      this.#quotes.spreads[bar] = spread;
      this.#quotes.volumes[bar] = this.#bid.size + this.#ask.size;
    }
    return true;
  }

  /** The bars so far. */
  bars(): FoldedTicks {
    const quotes = this.#quotes.columns();
    if (this.#trades.length === 0) return quotes;
    const { spread: _none, ...trades } = this.#trades.columns();
    return quotes.length === 0 ? trades : { ...trades, spread: spreadsAt(trades.time, quotes) };
  }
}

/** The last spread at or before each bar; bars before the first quote take that of the first. */
function spreadsAt(times: Float64Array, { time, spread, length }: FoldedTicks): Float64Array {
  let at = 0;
  return times.map(barTime => {
    while (at + 1 < length && time[at + 1]! <= barTime) at++;
    return spread![at]!;
  });
}
