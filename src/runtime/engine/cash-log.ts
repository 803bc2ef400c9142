/**
 * Columns of a cash row: what came into the account or left it without a fill, and splits, which move no cash but
 * change what a quantity means. Cash is in the quote currency.
 */
export const CASH = {
  /** Step of the run's timeline at which it was booked. */
  step: 0,
  /** The moment itself: a funding time, else the open of the first bar after it. Epoch milliseconds. */
  time: 1,
  /** Index of the product among the run's products; NaN where it concerns the whole account. */
  product: 2,
  /** Index into `CASH_KINDS`. */
  kind: 3,
  /** Positive: received. */
  amount: 4,
  /** Units after for one unit before; NaN but for a split. */
  ratio: 5,
} as const;

export const CASH_WIDTH = 6;

/** Order matters: rows store the index. */
export const CASH_KINDS = ['interest', 'margin-interest', 'borrow', 'funding', 'dividend', 'split'] as const;
export type CashKind = (typeof CASH_KINDS)[number];
