/** What a strategy may see. All numbers are those of the current bar's close. */
import type { Series } from '../indicators/series.ts';

/** The price and volume series of one feed. */
export interface PriceSeries {
  readonly open: Series;
  readonly high: Series;
  readonly low: Series;
  readonly close: Series;
  readonly volume: Series;
}

/** One feed at the current bar. A feed without a new bar keeps its last one. */
export interface FeedView extends PriceSeries {
  /** Open of its last bar, epoch milliseconds, UTC. */
  readonly time: number;
  /** Close of its last bar, epoch milliseconds, UTC. */
  readonly closeTime: number;
  /** 0-based index of its last bar. */
  readonly index: number;
  /** Whether its last bar closed just now. */
  readonly isNew: boolean;
  /** How long ago its last bar closed, milliseconds; 0 when new. */
  readonly ageMs: number;
}

/** The position in one product. */
export interface Position {
  /** Signed: negative is short. */
  readonly quantity: number;
  /** Average entry price; NaN when flat. */
  readonly averagePrice: number;
  /** Market value at the last close, signed, in cash. */
  readonly value: number;
  /** Profit of the open quantity at the last close, before fees, in cash. */
  readonly profit: number;
  readonly isFlat: boolean;
  readonly isLong: boolean;
  readonly isShort: boolean;
}

export interface Account {
  readonly cash: number;
  /** Cash plus the value of all positions. */
  readonly equity: number;
  /** What more may be bought at the allowed leverage, in cash. */
  readonly buyingPower: number;
}
