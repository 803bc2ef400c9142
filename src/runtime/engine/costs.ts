/** Fees and slippage: pure functions of one fill. Cash amounts are in the product's quote currency. */
import { GoboolError } from '../base/error.ts';
import type { Product } from '../market/product.ts';
import type { FeeInput } from '../sdk/define-strategy.ts';
import type { FeeModel, SlippageModel } from './run-options.ts';

/** A strategy's own fee: a pure function of the fill, in cash. */
export type FeeFunction = (fill: FeeInput) => number;

/** Buy or sell. */
export type Side = 1 | -1;

/**
 * What a fill of `quantity` (signed) at `price` pays. `maker`: a resting limit order filled. `own`: the strategy's
 * function.
 */
export function feeOf(
  model: FeeModel,
  product: Product,
  quantity: number,
  price: number,
  maker: boolean,
  own?: FeeFunction,
): number {
  const size = Math.abs(quantity);
  const value = size * price * product.multiplier;
  switch (model.kind) {
    case 'none':
      return 0;
    case 'rate':
      return value * model.rate;
    case 'maker-taker':
      return value * (maker ? model.maker : model.taker);
    case 'per-share':
      return Math.max(model.min, size * model.perShare);
    case 'fixed':
      return model.perFill;
    case 'strategy':
      return own === undefined ? 0 : checkedFee(own({ product: product.id, quantity, price, value, maker }));
  }
}

function checkedFee(fee: unknown): number {
  if (typeof fee === 'number' && Number.isFinite(fee)) return fee;
  throw new GoboolError('GB_STRATEGY_SHAPE', `account.fee must return an amount of cash, but returned ${String(fee)}.`);
}

/**
 * The price after slippage and half spread, against the trader, rounded to the tick against the trader. Never below
 * zero: a sale may bring nothing, but who sells does not pay for it.
 */
export function slippedPrice(
  model: SlippageModel,
  price: number,
  side: Side,
  halfSpread: number,
  tick: number,
): number {
  const worse = model.kind === 'rate' ? price * model.rate : model.kind === 'fixed' ? model.perUnit : 0;
  return Math.max(0, toTick(price + side * (worse + halfSpread), side, tick));
}

/** The next price on the tick's grid, up for 1, down for -1. */
export function toTick(price: number, side: Side, tick: number): number {
  if (tick === 0) return price;
  const ticks = price / tick;
  const nearest = Math.round(ticks);
  // A price that is on the grid but for its last bits stays where it is.
  if (Math.abs(ticks - nearest) < slack(ticks, 1e-7)) return onGrid(nearest, tick);
  return onGrid(side > 0 ? Math.ceil(ticks) : Math.floor(ticks), tick);
}

/** By how much a count of steps may miss a whole number through rounding alone: a few last bits of a large count. */
function slack(count: number, least: number): number {
  return Math.max(least, Math.min(0.25, 4e-15 * count));
}

/** The double nearest to `count` steps of a decimal grid: 3 x 0.1 is 0.3, not 0.30000000000000004. */
function onGrid(count: number, step: number): number {
  const perUnit = Math.round(1 / step);
  return perUnit > 1 && Math.abs(perUnit * step - 1) < 1e-12 ? count / perUnit : count * step;
}

/** The quantity's size floored to the lot, sign kept. */
export function toLot(quantity: number, lot: number): number {
  if (lot === 0) return quantity;
  const lots = Math.abs(quantity) / lot;
  const floored = onGrid(Math.floor(lots + slack(lots, 1e-9)), lot);
  return quantity < 0 ? -floored : floored;
}

/** On what terms a size is afforded. */
export interface Purchase {
  /** Price of the fill. */
  readonly price: number;
  /** Cash that one unit takes, its slippage included. */
  readonly unit: number;
  /** How many times a fee counts. */
  readonly weight: number;
  readonly side: Side;
}

/** The largest size whose units and weighted fee together cost at most `room` in cash, before lots; 0 if none. */
export function affordableSize(
  model: FeeModel,
  product: Product,
  room: number,
  { price, unit, weight, side }: Purchase,
  own?: FeeFunction,
): number {
  switch (model.kind) {
    case 'none':
      return room / unit;
    case 'rate':
      return room / (unit + weight * model.rate * price * product.multiplier);
    case 'maker-taker':
      return room / (unit + weight * model.taker * price * product.multiplier);
    case 'per-share': {
      const size = room / (unit + weight * model.perShare);
      return size * model.perShare >= model.min ? size : Math.max(0, (room - weight * model.min) / unit);
    }
    case 'fixed':
      return Math.max(0, (room - weight * model.perFill) / unit);
    case 'strategy': {
      // A fill of nothing is none, and not for the strategy to price.
      if (room <= 0) return 0;
      const costOf = (size: number) => size * unit + weight * feeOf(model, product, side * size, price, false, own);
      return searchSize(costOf, room, room / unit);
    }
  }
}

/** Bisection for a fee of unknown form: the largest size below `upper` that `costOf` allows. */
function searchSize(costOf: (size: number) => number, room: number, upper: number): number {
  if (costOf(upper) <= room) return upper;
  let low = 0;
  let high = upper;
  for (let round = 0; round < 64; round++) {
    const middle = (low + high) / 2;
    if (costOf(middle) <= room) low = middle;
    else high = middle;
  }
  return low;
}
