/**
 * What it costs and earns to carry positions and cash from one session to the next: interest and the fee for borrowed
 * shares. Rates are simple, a year has 365 days, and the days are those between the dates of the two sessions. What
 * was held at the last close of the earlier session counts; a position that is closed within its session costs nothing.
 */
import type { Clock } from '../indicators/clock.ts';
import type { CashBook } from './cash-book.ts';
import type { Ledger } from './ledger.ts';
import type { Market } from './market.ts';

const DAYS_PER_YEAR = 365;
/** Cash this small, as a fraction of the starting cash, is the rounding of float64. */
const DUST = 1e-9;

export class Carry {
  readonly #ledger: Ledger;
  readonly #cash: CashBook;

  constructor(ledger: Ledger, cash: CashBook) {
    this.#ledger = ledger;
    this.#cash = cash;
  }

  /** Absent where it would be free. */
  static for(ledger: Ledger, cash: CashBook): Carry | undefined {
    const { borrow = 0, interest = 0, marginInterest = interest } = ledger.options;
    return borrow === 0 && interest === 0 && marginInterest === 0 ? undefined : new Carry(ledger, cash);
  }

  /** To be called at a session's first step, before its fills. `days` since the last one; `clocks` of all feeds. */
  accrue(days: number, clocks: readonly Clock[]): void {
    const { markets, options } = this.#ledger;
    const { borrow = 0, interest = 0, marginInterest = interest } = options;
    const years = days / DAYS_PER_YEAR;
    const time = openOf(markets.some(isNew) ? markets.map(({ clock }) => clock) : clocks);
    // What a short sale brought in is its security: it earns nothing and cannot be lent on.
    let free = this.#ledger.cash;
    for (const market of markets) {
      if (!(market.quantity < 0)) continue;
      const value = -market.valueAt(closeBefore(market));
      free -= value;
      this.#cash.add('borrow', -borrow * value * years, time, market);
    }
    if (Math.abs(free) <= DUST * options.cash) return;
    if (free > 0) this.#cash.add('interest', free * interest * years, time);
    else this.#cash.add('margin-interest', free * marginInterest * years, time);
  }
}

/** The last close before the market's bars of this step. */
function closeBefore({ bars, clock }: Market): number {
  return bars.close[clock.isNew ? clock.index - 1 : clock.index]!;
}

/** Where a session has no bar of the feed that fills a product's orders, a longer one may begin it. */
function isNew({ clock }: Market): boolean {
  return clock.isNew;
}

/** When the first of the step's bars opened, epoch milliseconds. */
function openOf(clocks: readonly Clock[]): number {
  let open = Number.POSITIVE_INFINITY;
  for (const { bars, isNew, index } of clocks) if (isNew) open = Math.min(open, bars.time[index]!);
  return open;
}
