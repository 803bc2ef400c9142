/**
 * Columns of an order row, written when the order ends, and at the end of the run for those still open. NaN: does not
 * apply.
 */
export const ORDER = {
  /** 1, 2, 3 ... in order of submission. */
  id: 0,
  product: 1,
  /** Index into `ORDER_KINDS`. */
  kind: 2,
  /** Signed: positive buys. For a target, known from its fill on. */
  quantity: 3,
  /** Limit price, or NaN. */
  limit: 4,
  /** Stop price, or NaN; of a trailing stop the last level. */
  stop: 5,
  /** Fraction of equity of a target, or NaN. */
  target: 6,
  /** When it was submitted and when it ended, epoch milliseconds. */
  submitted: 7,
  ended: 8,
  /** Index into `ORDER_STATES`. */
  state: 9,
  /** Index into `END_REASONS`. */
  reason: 10,
  /** Signed quantity filled. */
  filled: 11,
  /** Id of the order that this one protects, or NaN. */
  parent: 12,
} as const;

export const ORDER_WIDTH = 13;

export const ORDER_KINDS = [
  'target',
  'market',
  'market-on-open',
  'market-on-close',
  'limit',
  'stop',
  'stop-limit',
  'trailing-stop',
  'margin-call',
] as const;
export type OrderKind = (typeof ORDER_KINDS)[number];
export const KIND_INDEX = indexOf(ORDER_KINDS);

export const ORDER_STATES = ['open', 'filled', 'cancelled', 'expired', 'rejected'] as const;
export type OrderState = (typeof ORDER_STATES)[number];
export const STATE_INDEX = indexOf(ORDER_STATES);

/** Why an order ended other than by its whole fill. Order matters: rows store the index. */
export const END_REASONS = [
  'none',
  'by-strategy',
  'replaced',
  'other-filled',
  'position-closed',
  'nothing-to-do',
  'end-of-session',
  'immediate-or-cancel',
  'short-not-allowed',
  'buying-power',
  'below-lot',
  'run-ended',
  'good-till-date',
  'margin-call',
] as const;
export type EndReason = (typeof END_REASONS)[number];
export const REASON_INDEX = indexOf(END_REASONS);

/** Where each word stands in its list: what a row stores. */
function indexOf<const W extends string>(words: readonly W[]): Readonly<Record<W, number>> {
  return Object.fromEntries(words.map((word, index) => [word, index])) as Record<W, number>;
}
