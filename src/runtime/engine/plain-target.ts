/**
 * The short way through the fill that nearly all fills are: a flat account puts a fraction of itself into its only
 * product, or sells all of it, at the open and with no cost but a rate. Everything else takes the long way, and so does
 * what this one is in doubt about. Both ways give the same rows, to the last bit; a property test holds them to it.
 */
import { closeTimeAt } from '../market/bars.ts';
import type { EquityCurve } from './equity-curve.ts';
import type { Journal, PlainFill } from './journal.ts';
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
  /** The same object for all fills: numbers that are handed on as arguments would have to be boxed. */
  readonly #plainFill: PlainFill = { quantity: Number.NaN, price: Number.NaN, fee: Number.NaN };

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
    const { target, clock } = this.#market;
    const { fraction } = target;
    if (!target.isPending || target.bracket !== undefined || clock.index < target.liveFrom) return false;
    if (!this.#isPlain(fraction)) return false;
    target.isPending = false;
    this.#fill(step, fraction > 0);
    return true;
  }

  /**
   * A target that is asked for at the close of `step` and traded at the next open, in one go; false if it did nothing.
   * The caller makes sure that nothing is pending, and that nothing else happens in between.
   */
  follow(step: number, fraction: 0 | 1): boolean {
    if (!this.#isPlain(fraction)) return false;
    const market = this.#market;
    const { target, bars } = market;
    target.id = this.#journal.nextId();
    target.fraction = fraction;
    target.submitted = closeTimeAt(bars, step);
    market.lastFraction = fraction;
    market.lastQuantity = Number.NaN;
    this.#fill(step + 1, fraction > 0);
    return true;
  }

  /** Whether the account is flat and buys, or holds and sells all. */
  #isPlain(fraction: number): boolean {
    const { quantity } = this.#market;
    const { cash, options } = this.#ledger;
    if (quantity !== 0) return quantity > 0 && fraction === 0;
    return fraction >= SMALLEST_FRACTION && fraction <= options.leverage && cash > 0;
  }

  #fill(step: number, isEntry: boolean): void {
    const market = this.#market;
    const ledger = this.#ledger;
    const fill = this.#plainFill;
    const price = this.#open[step]!;
    const unit = price * market.product.multiplier;
    const { leverage } = ledger.options;
    // What an entry costs is taken off before, so that it can be paid: no check is needed.
    const size = isEntry
      ? (market.target.fraction * ledger.cash) / (unit + leverage * this.#rate * price * market.product.multiplier)
      : market.quantity;
    fill.fee = size * price * market.product.multiplier * this.#rate;
    fill.price = price;
    fill.quantity = isEntry ? size : -size;
    this.#curve.markTo(step);
    ledger.cash -= fill.quantity * price * market.product.multiplier + fill.fee;
    market.averagePrice = isEntry ? price : Number.NaN;
    market.quantity = isEntry ? size : 0;
    ledger.isInvested = isEntry;
    ledger.atRisk = ledger.isOnCredit;
    this.#journal.plainTarget(step, market, fill);
  }
}

/** What a fill costs as a fraction of its value, where that is all that it costs. */
function rateOf({ fee, slippage, sizing, maxParticipation }: RunOptions): number | undefined {
  if (slippage.kind !== 'none' || sizing !== 'fill' || maxParticipation !== undefined) return undefined;
  if (fee.kind === 'none') return 0;
  return fee.kind === 'rate' ? fee.rate : undefined;
}
