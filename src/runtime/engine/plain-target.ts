/**
 * The short way through the fill that nearly all fills are: a flat account puts a fraction of itself into its only
 * product, or sells all of it, at the open and with no cost but a rate. Everything else takes the long way, and so does
 * what this one is in doubt about. Both ways give the same rows, to the last bit; a property test holds them to it.
 */
import type { EquityCurve } from './equity-curve.ts';
import type { Journal } from './journal.ts';
import type { Ledger } from './ledger.ts';
import type { Market } from './market.ts';
import type { RunOptions } from './run-options.ts';

/** Targets below this fraction may be dust; the long way knows. */
const SMALLEST_FRACTION = 1e-6;

export interface PlainTargetParts {
  readonly ledger: Ledger;
  readonly journal: Journal;
  readonly curve: EquityCurve;
}

export class PlainTarget {
  readonly #market: Market;
  readonly #ledger: Ledger;
  readonly #journal: Journal;
  readonly #curve: EquityCurve;
  readonly #rate: number;
  readonly #open: Float64Array;

  constructor(market: Market, { ledger, journal, curve }: PlainTargetParts, rate: number) {
    this.#market = market;
    this.#ledger = ledger;
    this.#journal = journal;
    this.#curve = curve;
    this.#rate = rate;
    this.#open = market.bars.open;
  }

  /** Absent for accounts whose fills need more than this knows. */
  static for(parts: PlainTargetParts): PlainTarget | undefined {
    const { markets, options } = parts.ledger;
    const [market] = markets;
    const rate = rateOf(options);
    if (market === undefined || markets.length > 1 || rate === undefined) return undefined;
    const isExact = market.bars.spread === undefined && market.product.tick === 0 && market.lot === 0;
    return isExact ? new PlainTarget(market, parts, rate) : undefined;
  }

  /** Trades the pending target at the open of `step`; false if it did nothing, because it needs the long way. */
  trade(step: number): boolean {
    const { target, quantity: held, product } = this.#market;
    const { cash, options } = this.#ledger;
    if (!target.isPending || target.bracket !== undefined || this.#market.clock.index < target.liveFrom) return false;
    const price = this.#open[step]!;
    const unit = price * product.multiplier;
    const { fraction } = target;
    let quantity = -held;
    if (held === 0 && fraction >= SMALLEST_FRACTION && fraction <= options.leverage) {
      // Its cost is taken off before, so that it can be paid: no check is needed.
      quantity = (fraction * cash) / (unit + options.leverage * this.#rate * price * product.multiplier);
    } else if (held <= 0 || fraction !== 0) return false;
    if (!(held > 0 || quantity > 0)) return false;
    this.#fill(step, quantity, price);
    return true;
  }

  #fill(step: number, quantity: number, price: number): void {
    const market = this.#market;
    const ledger = this.#ledger;
    const fee = Math.abs(quantity) * price * market.product.multiplier * this.#rate;
    market.target.isPending = false;
    this.#curve.markTo(step);
    ledger.cash -= quantity * price * market.product.multiplier + fee;
    market.averagePrice = quantity > 0 ? price : Number.NaN;
    market.quantity += quantity;
    ledger.isInvested = quantity > 0;
    ledger.atRisk = ledger.isOnCredit;
    this.#journal.plainTarget(step, market, quantity, price, fee);
  }
}

/** What a fill costs as a fraction of its value, where that is all that it costs. */
function rateOf({ fee, slippage, sizing, maxParticipation }: RunOptions): number | undefined {
  if (slippage.kind !== 'none' || sizing !== 'fill' || maxParticipation !== undefined) return undefined;
  if (fee.kind === 'none') return 0;
  return fee.kind === 'rate' ? fee.rate : undefined;
}
