/**
 * How much to trade to hold a target. Positions are valued at the bar's open, before slippage. What a trade costs, fee
 * and slippage, comes out of the fraction that it trades towards, as many times as the account's leverage; and where
 * the costs of the step's earlier trades have left less than a fraction asks for, it makes do with that. So targets
 * that add up to the leverage can all be paid, in whatever order they fill.
 */
import { affordableSize, type Side } from './costs.ts';
import type { Ledger } from './ledger.ts';
import type { Market } from './market.ts';

/** A change this small, as a fraction of equity or of what is held, is the rounding of float64 and not a trade. */
const DUST = 1e-9;

/** Each round leaves of an error in a decrease's costs about the thousandth part. */
const COST_ROUNDS = 4;

/** Signed quantity to trade at `price`, `open` before slippage, to hold `fraction` of `equity`. Floored to the lot. */
export function quantityForFraction(
  ledger: Ledger,
  market: Market,
  fraction: number,
  equity: number,
  open: number,
  price: number,
): number {
  if (fraction === 0) return -market.quantity;
  const side: Side = fraction > 0 ? 1 : -1;
  const budget = Math.abs(fraction) * equity;
  const room = budget - side * market.valueAt(open);
  if (Math.abs(room) <= DUST * equity) return 0;
  const size =
    room > 0
      ? side * market.quantity +
        increase(ledger, market, side, room - shortfall(ledger, market, budget, equity), open, price)
      : decreased(ledger, market, side, budget, open, price);
  const change = market.floorToLot(side * Math.max(0, size)) - market.quantity;
  return Math.abs(change) <= DUST * Math.abs(market.quantity) ? 0 : change;
}

/**
 * What is missing of the budget, if the step's costs account for it; a larger lack is for the buying power to refuse.
 */
function shortfall(ledger: Ledger, market: Market, budget: number, equity: number): number {
  const missing = budget - (ledger.options.leverage * equity - ledger.exposureBeside(market));
  return missing > 0 && missing <= ledger.stepCosts * (1 + DUST) ? missing : 0;
}

/** The largest size to add whose value and weighted cost fit into `room`. */
function increase(ledger: Ledger, market: Market, side: Side, room: number, open: number, price: number): number {
  const { options, ownFee } = ledger;
  const weight = options.leverage;
  const unit = (open + weight * Math.abs(price - open)) * market.product.multiplier;
  return affordableSize(options.fee, market.product, Math.max(0, room), { price, unit, weight, side }, ownFee);
}

/** The size to be left with, so that its value and the weighted cost of trading the rest are `budget`. */
function decreased(ledger: Ledger, market: Market, side: Side, budget: number, open: number, price: number): number {
  const unit = open * market.product.multiplier;
  const held = side * market.quantity;
  let left = budget / unit;
  for (let round = 0; round < COST_ROUNDS; round++) {
    const traded = held - left;
    const slippage = traded * Math.abs(price - open) * market.product.multiplier;
    const cost = ledger.feeFor(market, -side * traded, price, false) + slippage;
    left = (budget - ledger.options.leverage * cost) / unit;
  }
  return left;
}

/** Which way a fraction of `equity` trades at the open: costs are too small to turn it round. */
export function sideForFraction(market: Market, fraction: number, equity: number, open: number): Side {
  return fraction * equity < market.valueAt(open) ? -1 : 1;
}
