import type { Bars } from './bars.ts';
import type { CorporateAction, FundingRate } from './holder-events.ts';
import type { Product } from './product.ts';

/** A dataset in memory: what a feed reads. Plain data, so that it can cross threads. */
export interface Dataset {
  /** `{product}@{interval}`: `stock.SPY.usa@1d`; for a CSV file given by path, the file's name. */
  readonly name: string;
  /** SHA-256 of the stored columns, lower-case hex. */
  readonly hash: string;
  readonly product: Product;
  readonly bars: Bars;
  /** What the bars are not adjusted for, by time; of adjusted bars none. */
  readonly actions?: readonly CorporateAction[];
  /** By time. */
  readonly funding?: readonly FundingRate[];
}
