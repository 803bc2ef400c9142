/**
 * How much to trade to hold a target. Positions are valued at the bar's open, before slippage. What a trade costs, fee
 * and slippage, comes out of the fraction that it trades towards, as many times as the account's leverage; and where
 * the costs of the step's earlier trades have left less than a fraction asks for, it makes do with that. So targets
 * that add up to the leverage can all be paid, in whatever order they fill.
 */
import { affordableSize, type Side } from './costs.ts';
import type { Deal } from './deal.ts';
import type { Ledger } from './ledger.ts';
import type { Market } from './market.ts';

/** A change this small, as a fraction of equity or of what is held, is the rounding of float64 and not a trade. */
const DUST = 1e-9;

/** Each round leaves of an error in a decrease's costs about the thousandth part. */
const COST_ROUNDS = 4;

/** Signed quantity to trade at the deal's price to hold `fraction` of `equity`. Floored to the lot. */
export function quantityForFraction(ledger: Ledger, deal: Deal, fraction: number, equity: number): number {
  const { market, raw } = deal;
  if (fraction === 0) return -market.quantity;
  const side: Side = fraction > 0 ? 1 : -1;
  const budget = Math.abs(fraction) * equity;
  const room = budget - side * market.valueAt(raw);
  if (Math.abs(room) <= DUST * equity) return 0;
  const size =
    room > 0
      ? side * market.quantity + increase(ledger, deal, side, room - shortfall(ledger, market, budget, equity))
      : decreased(ledger, deal, side, budget);
  return changeTo(market, market.floorToLot(side * Math.max(0, size)));
}

/** Signed quantity to trade to hold `quantity`; 0 where the difference is only rounding. */
export function changeTo(market: Market, quantity: number): number {
  const change = quantity - market.quantity;
  return Math.abs(change) <= DUST * Math.abs(market.quantity) ? 0 : change;
}

/** What is missing of the budget, if the step's costs account for it; a larger lack is refused as not payable. */
function shortfall(ledger: Ledger, market: Market, budget: number, equity: number): number {
  if (ledger.stepCosts === 0) return 0;
  const missing = budget - (ledger.options.leverage * equity - ledger.exposureBeside(market));
  return missing > 0 && missing <= ledger.stepCosts * (1 + DUST) ? missing : 0;
}

/** The largest size to add whose value and weighted cost fit into `room`. */
function increase({ options, ownFee }: Ledger, deal: Deal, side: Side, room: number): number {
  const { product } = deal.market;
  deal.side = side;
  deal.weight = options.leverage;
  deal.unit = (deal.raw + deal.weight * Math.abs(deal.price - deal.raw)) * product.multiplier;
  return affordableSize(options.fee, product, Math.max(0, room), deal, ownFee);
}

/** The size to be left with, so that its value and the weighted cost of trading the rest are `budget`. */
function decreased(ledger: Ledger, { market, raw, price }: Deal, side: Side, budget: number): number {
  const unit = raw * market.product.multiplier;
  const held = side * market.quantity;
  let left = budget / unit;
  for (let round = 0; round < COST_ROUNDS; round++) {
    const traded = held - left;
    const slippage = traded * Math.abs(price - raw) * market.product.multiplier;
    const cost = ledger.feeFor(market, -side * traded, price, false) + slippage;
    left = (budget - ledger.options.leverage * cost) / unit;
  }
  return left;
}

/**
 * Which way a fraction of `equity` trades at the open: costs are too small to turn it round. A difference that is only
 * rounding does not reduce the position.
 */
export function sideForFraction(market: Market, fraction: number, equity: number, open: number): Side {
  return fraction * equity < market.valueAt(open) - DUST * equity ? -1 : 1;
}
