/** Columns of a fill row. Prices and fees are in the quote currency; times are epoch milliseconds. */
export const FILL = {
  /** Step of the run's timeline at which the fill became known. */
  step: 0,
  /** Open of the fill's bar; its close for fills at the close. */
  time: 1,
  /** Index of the product among the run's products. */
  product: 2,
  /** Signed: positive buys. */
  quantity: 3,
  price: 4,
  fee: 5,
  /** What slippage, half spread and the rounding to ticks cost, in cash; part of `price` already. */
  slippage: 6,
  order: 7,
  /** Sum of the `FILL_FLAG`s that apply. */
  flags: 8,
  /** Index of the bar in the product's traded feed. */
  bar: 9,
} as const;

export const FILL_WIDTH = 10;

export const FILL_FLAG = {
  /** The bar could have hit another order of the same bracket. */
  ambiguous: 1,
  /** Slippage moved the price out of the bar's range. */
  outsideBar: 2,
  /** More than a tenth of the bar's volume. */
  largeShare: 4,
} as const;
