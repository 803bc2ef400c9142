/**
 * The short way through the fill that nearly all fills are: the one target that is due puts a fraction of the account
 * into a product that it does not hold, or sells all of it, at the open and with no cost but a rate. Everything else
 * takes the long way, and so does what this one is in doubt about. Both ways give the same rows, to the last bit; a
 * property test holds them to it.
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
  readonly #ledger: Ledger;
  readonly #journal: Journal;
  readonly #curve: EquityCurve;
  readonly #rate: number;
  /** Of an account with one product: that one. */
  readonly #only: Market | undefined;
  /** The same object for all fills: numbers that are handed on as arguments would have to be boxed. */
  readonly #plainFill: PlainFill = { bar: 0, quantity: Number.NaN, price: Number.NaN, fee: Number.NaN };

  constructor({ ledger, journal, curve }: PlainTargetParts, rate: number) {
    this.#ledger = ledger;
    this.#journal = journal;
    this.#curve = curve;
    this.#rate = rate;
    this.#only = ledger.markets.length === 1 ? ledger.markets[0] : undefined;
  }

  /** Absent for accounts whose fills need more than this knows. */
  static for(parts: PlainTargetParts): PlainTarget | undefined {
    const { markets, options } = parts.ledger;
    const rate = rateOf(options);
    return rate !== undefined && markets.every(isExact) ? new PlainTarget(parts, rate) : undefined;
  }

  /** Trades a market's due target at the open of its new bar; false if it did nothing, since it needs the long way. */
  trade(market: Market, step: number): boolean {
    const { target, clock } = market;
    if (!this.#isPlain(market, target.fraction) || !this.#fill(market, step, clock.index)) return false;
    target.isPending = false;
    return true;
  }

  /**
   * A target that is asked for at the close of `step` and traded at the next open, in one go; false if it did nothing.
   * For accounts with one product on one feed. The caller makes sure that nothing is pending, and that nothing else
   * happens in between.
   */
  follow(step: number, fraction: 0 | 1): boolean {
    const market = this.#only!;
    if (!this.#isPlain(market, fraction)) return false;
    const { target, bars } = market;
    target.id = this.#journal.nextId();
    target.fraction = fraction;
    target.submitted = closeTimeAt(bars, step);
    market.lastFraction = fraction;
    market.lastQuantity = Number.NaN;
    this.#fill(market, step + 1, step + 1);
    return true;
  }

  /** Whether nothing is held and this buys, or it sells all that is held. */
  #isPlain({ quantity }: Market, fraction: number): boolean {
    const { cash, options } = this.#ledger;
    if (quantity !== 0) return quantity > 0 && fraction === 0;
    return fraction >= SMALLEST_FRACTION && fraction <= options.leverage && cash > 0;
  }

  /** False, and nothing is done, where the account cannot hold what it would buy. */
  #fill(market: Market, step: number, bar: number): boolean {
    const ledger = this.#ledger;
    const fill = this.#plainFill;
    const { multiplier } = market.product;
    const isEntry = market.quantity === 0;
    const price = market.bars.open[bar]!;
    const size = isEntry ? this.#entrySize(market, price) : market.quantity;
    fill.bar = bar;
    fill.fee = size * price * multiplier * this.#rate;
    fill.price = price;
    fill.quantity = isEntry ? size : -size;
    if (isEntry && this.#only === undefined && !ledger.canHold(market, size, price, fill.fee)) return false;
    this.#curve.markTo(step);
    ledger.cash -= fill.quantity * price * multiplier + fill.fee;
    market.averagePrice = isEntry ? price : Number.NaN;
    market.quantity = isEntry ? size : 0;
    ledger.look();
    this.#journal.plainTarget(step, market, fill);
    return true;
  }

  /** What an entry costs is taken off before, so that an account that holds nothing else can always pay it. */
  #entrySize(market: Market, price: number): number {
    const { options, cash } = this.#ledger;
    const { multiplier } = market.product;
    const equity = this.#only === undefined ? this.#ledger.equityWith(market, price) : cash;
    const { fraction } = market.target;
    return (fraction * equity) / (price * multiplier + options.leverage * this.#rate * price * multiplier);
  }
}

/** Prices as they are, quantities of any size. */
function isExact({ bars, product, lot }: Market): boolean {
  return bars.spread === undefined && product.tick === 0 && lot === 0;
}

/** What a fill costs as a fraction of its value, where that is all that it costs. */
function rateOf({ fee, slippage, sizing, maxParticipation }: RunOptions): number | undefined {
  if (slippage.kind !== 'none' || sizing !== 'fill' || maxParticipation !== undefined) return undefined;
  if (fee.kind === 'none') return 0;
  return fee.kind === 'rate' ? fee.rate : undefined;
}
