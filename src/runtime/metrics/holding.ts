/** One product of a benchmark: bought once, with the run's own costs, and never sold. */
import { affordableSize, type FeeFunction, feeOf, slippedPrice, toLot } from '../engine/costs.ts';
import type { RunOptions } from '../engine/run-options.ts';
import type { Bars } from '../market/bars.ts';
import type { Dataset } from '../market/dataset.ts';
import { type HolderEvent, holderEvents } from '../market/holder-events.ts';
import { firstAtOrAfter } from '../market/session-column.ts';

export class Holding {
  readonly bars: Bars;
  /** At each close: what one unit that was bought has become, in price units. */
  readonly #worth: Float64Array;
  /** Cash value of a price of 1. */
  readonly #units: number;
  /** What was paid, with the fee. */
  readonly #cost: number;
  /** The next bar: the one whose open was bought, at first. */
  next: number;
  /** In cash, at the close of the bar before `next`. */
  #profit = 0;

  /** Spends at most `cash` at the first open from `startTime` on; nothing if it is too little. */
  constructor(dataset: Dataset, cash: number, startTime: number, options: RunOptions, ownFee?: FeeFunction) {
    const { bars, product } = dataset;
    this.bars = bars;
    this.next = firstAtOrAfter(bars.time, startTime);
    this.#worth = worthOfUnit(dataset, this.next);
    const open = bars.open[this.next] ?? Number.POSITIVE_INFINITY;
    const halfSpread = (bars.spread?.[this.next] ?? 0) / 2;
    const price = slippedPrice(options.slippage, open, 1, halfSpread, product.tick);
    const purchase = { price, unit: price * product.multiplier, weight: 1, side: 1 } as const;
    const affordable =
      open < Number.POSITIVE_INFINITY ? affordableSize(options.fee, product, cash, purchase, ownFee) : 0;
    const quantity = toLot(affordable, options.lot ?? product.lot);
    this.#units = quantity * product.multiplier;
    this.#cost = quantity === 0 ? 0 : this.#units * price + feeOf(options.fee, product, quantity, price, false, ownFee);
  }

  /** Adds the profit at each of the first `count` times, which go on from those of the last call. */
  addTo(equity: Float64Array, times: Float64Array, count: number): void {
    if (count === 0) return;
    const close = this.#worth;
    const { stamps, shift } = closeStamps(this.bars);
    const [from, last] = [this.next, this.next + count - 1];
    // As many bars as steps, from the first step to the last: then each step has its bar.
    const isDense = stamps[from]! + shift === times[0] && stamps[last]! + shift === times[count - 1];
    if (isDense) {
      addDense(equity, close, from, count, this.#units, this.#cost);
      this.next = from + count;
    } else {
      this.next = addSparse(
        equity,
        close,
        { stamps, shift, times },
        from,
        count,
        this.#units,
        this.#cost,
        this.#profit,
      );
    }
    if (this.next > from) this.#profit = this.#units * close[this.next - 1]! - this.#cost;
  }
}

/**
 * What a unit bought at the open of bar `entry` is worth at each close, with what it has paid out: splits, dividends
 * and funding. The closes themselves where there are none.
 */
function worthOfUnit(dataset: Dataset, entry: number): Float64Array {
  const { close, open } = dataset.bars;
  const concerns = ({ bar, isBeforeFills }: HolderEvent): boolean => bar > entry || (bar === entry && !isBeforeFills);
  const events = holderEvents(dataset).filter(concerns);
  if (events.length === 0) return close;
  const worth = close.slice();
  let [units, paid, from] = [1, 0, entry];
  const fill = (to: number): void => {
    for (; from < to; from++) worth[from] = units * close[from]! + paid;
  };
  for (const { bar, ratio, dividend, rate } of events) {
    fill(bar);
    paid += units * (dividend - rate * open[bar]!);
    units *= ratio;
  }
  fill(close.length);
  return worth;
}

function addDense(
  equity: Float64Array,
  close: Float64Array,
  from: number,
  count: number,
  units: number,
  cost: number,
): void {
  for (let step = 0; step < count; step++) equity[step]! += units * close[from + step]! - cost;
}

/** Returns the index of the first bar after the steps. `before`: profit at the bar before `from`. */
function addSparse(
  equity: Float64Array,
  close: Float64Array,
  { stamps, shift, times }: { stamps: Float64Array; shift: number; times: Float64Array },
  from: number,
  count: number,
  units: number,
  cost: number,
  before: number,
): number {
  let next = from;
  let profit = before;
  for (let step = 0; step < count; step++) {
    // Steps are close times of all holdings, so each takes in at most one bar of this one.
    if (next < stamps.length && stamps[next]! + shift === times[step]) profit = units * close[next++]! - cost;
    equity[step]! += profit;
  }
  return next;
}

/** Bar `i` closes at `stamps[i] + shift`. */
export function closeStamps({ closeTime, time, durationMs }: Bars): { stamps: Float64Array; shift: number } {
  return closeTime === undefined ? { stamps: time, shift: durationMs } : { stamps: closeTime, shift: 0 };
}
