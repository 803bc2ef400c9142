import type { Series } from './series.ts';

/** The price series of one feed that range indicators read: a feed, or the context of `indicators`, is one. */
export interface HighLowClose {
  readonly high: Series;
  readonly low: Series;
  readonly close: Series;
}

/** What indicators of traded volume read besides. */
export interface HighLowCloseVolume extends HighLowClose {
  readonly volume: Series;
}
