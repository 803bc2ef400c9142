/**
 * What decides a run beside strategy, parameters and data; plain data, part of the run key. SEMANTICS:
 * docs/semantics.md.
 */

import type { AmbiguousBars } from './ambiguity.ts';

/** A fee per fill, in the quote currency. Rates are fractions: 10 bps = 0.001. */
export type FeeModel =
  | { readonly kind: 'none' }
  | { readonly kind: 'rate'; readonly rate: number }
  /** `maker` for resting limit orders, `taker` for the rest. */
  | { readonly kind: 'maker-taker'; readonly maker: number; readonly taker: number }
  | { readonly kind: 'per-share'; readonly perShare: number; readonly min: number }
  | { readonly kind: 'fixed'; readonly perFill: number }
  /** The strategy's own pure function, `account.fee`. */
  | { readonly kind: 'strategy' };

/** How much market and stop fills are worsened, beside the half spread of data that has one. */
export type SlippageModel =
  | { readonly kind: 'none' }
  | { readonly kind: 'rate'; readonly rate: number }
  /** Price units. */
  | { readonly kind: 'fixed'; readonly perUnit: number };

export interface RunOptions {
  /** Starting cash, in the quote currency. */
  readonly cash: number;
  /** Gross exposure may be at most this many times equity. */
  readonly leverage: number;
  readonly allowShort: boolean;
  readonly fee: FeeModel;
  readonly slippage: SlippageModel;
  /** Overrides the lot of every product where set; 0: fractional. */
  readonly lot?: number;
  /** Equity below this fraction of gross exposure is a margin call; absent: none. At most 1 / leverage. */
  readonly maintenanceMargin?: number;
  /** Rates a year, fractions, 365 days. On the value of what is sold short; absent: none. */
  readonly borrow?: number;
  /** On cash; absent: none. */
  readonly interest?: number;
  /** On cash that is owed; absent: as `interest`. */
  readonly marginInterest?: number;
  /** Which of two orders fills that a bar reaches both inside; absent: `worst`. */
  readonly ambiguousBars?: AmbiguousBars;
  /** Largest share of a bar's volume that one fill may take; absent: no cap. */
  readonly maxParticipation?: number;
  /** Whether a limit fills when price trades through it, or already when price touches it. */
  readonly limitFill: 'through' | 'touch';
  /** Whether `target(fraction)` is sized at the fill's price or at the close it was decided on. */
  readonly sizing: 'fill' | 'decision';
  /** Seed of `Math.random` inside the strategy. */
  readonly seed: number;
}

export const DEFAULT_RUN_OPTIONS: RunOptions = {
  cash: 100_000,
  leverage: 1,
  allowShort: false,
  fee: { kind: 'none' },
  slippage: { kind: 'none' },
  limitFill: 'through',
  sizing: 'fill',
  seed: 1,
};
