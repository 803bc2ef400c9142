import type { Product } from '../market/product.ts';

/** The largest fall of equity from a peak, measured at every step. Times are epoch milliseconds. */
export interface Drawdown {
  /** Fraction of the peak, 0 to 1 (more if equity went below zero). */
  readonly depth: number;
  readonly peakTime: number;
  readonly troughTime: number;
  /** When equity reached the peak again; null if it did not. */
  readonly recoveryTime: number | null;
}

/** What the engine knows at the end of a run: the facts from which metrics are computed. */
export interface RunRecord {
  readonly state: 'completed' | 'wiped-out';
  readonly steps: number;
  readonly bars: number;
  readonly chunks: number;
  readonly firstStep: number;
  readonly startTime: number;
  readonly endTime: number;
  readonly startEquity: number;
  readonly finalEquity: number;
  readonly finalCash: number;
  /** All rows of the run, a piece per chunk that has any: `order-log.ts`, `fill-log.ts`, `cash-log.ts`. */
  readonly orders: readonly Float64Array[];
  readonly fills: readonly Float64Array[];
  readonly cash: readonly Float64Array[];
  /** How many fills there were, also where their rows are not kept. */
  readonly fillCount: number;
  /** Equity at the first step, then at the last step of each session. */
  readonly daily: { readonly times: Float64Array; readonly values: Float64Array };
  readonly drawdown: Drawdown;
  /** Steps from `firstStep` on at whose close a position was held. */
  readonly stepsInMarket: number;
  readonly periodsPerYear: number;
  readonly products: readonly Product[];
  /** Per product: signed quantity, average entry price, last close. */
  readonly positions: readonly {
    readonly quantity: number;
    readonly averagePrice: number;
    readonly lastPrice: number;
  }[];
  /** Bars in which two orders of one bracket could have filled. */
  readonly ambiguousBars: number;
  /** Sides of brackets at less than a tenth of the market's price, or at more than ten times of it. */
  readonly farSides: number;
  /** Close times of the bars that showed a margin call, epoch milliseconds. */
  readonly marginCalls: readonly number[];
  /** Indicators that never became defined, which kept the strategy from starting. */
  readonly undefinedIndicators: readonly string[];
}
