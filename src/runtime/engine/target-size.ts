/** How much to trade to hold a target: sized so that the position's value and the fee together are the fraction asked for. */
import { affordableSize, type Side } from './costs.ts';
import type { Ledger } from './ledger.ts';
import type { Market } from './market.ts';

/** A change this small, as a fraction of what is held, is the rounding of float64 and not a trade. */
const DUST = 1e-9;

/**
 * Signed quantity to trade at `price` so that the position is worth `fraction` of equity. Equity is valued at the same
 * price. Fees of an increase come out of the fraction; those of a decrease out of cash. Floored to the lot.
 */
export function quantityForFraction(ledger: Ledger, market: Market, fraction: number, price: number): number {
  if (fraction === 0) return -market.quantity;
  const side: Side = fraction > 0 ? 1 : -1;
  const budget = Math.abs(fraction) * ledger.equityWith(market, price);
  const held = side * market.quantity;
  const room = budget - held * price * market.product.multiplier;
  const { fee } = ledger.options;
  const wanted =
    room > 0
      ? held + affordableSize(fee, market.product, room, price, side, ledger.ownFee)
      : budget / (price * market.product.multiplier);
  const change = market.floorToLot(side * Math.max(0, wanted)) - market.quantity;
  return Math.abs(change) <= DUST * Math.abs(market.quantity) ? 0 : change;
}

/** Which way a fraction will trade at about `price`: fees and slippage are too small to turn it round. */
export function sideForFraction(ledger: Ledger, market: Market, fraction: number, price: number): Side {
  const gap = fraction * ledger.equityWith(market, price) - market.valueAt(price);
  return gap < 0 ? -1 : 1;
}
