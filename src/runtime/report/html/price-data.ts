/**
 * Prices and indicators of each feed as columns of the page: bar by bar where there are few enough, else thinned. An
 * indicator that moves where the price does is drawn over it; others get panes below, one for each group: `macd.signal`
 * and `macd.histogram` belong to `macd`.
 */
import { type Bars, closeTimeAt } from '../../market/bars.ts';
import type { Dataset } from '../../market/dataset.ts';
import { steppedColumn, timeColumn } from './columns.ts';
import type { IndicatorData, PriceData, SteppedColumn } from './page-data.ts';
import { type Buckets, bucketsFor, thinTimes, thinValues } from './thin.ts';

/** A feed with its bars as the run read them, and the indicators on them. */
export interface ChartFeed {
  readonly feed: string;
  readonly dataset: Dataset;
  readonly indicators: readonly { readonly name: string; readonly values: Float64Array }[];
}

/** So many numbers, of all feeds together, are written bar by bar: about 1 MB. */
const NUMBERS_MAX = 250_000;
/** Points of all thinned feeds together. */
const POINTS_MAX = 8_000;
/** Digits of prices: 64,123.45 and 1.083456 keep theirs. */
const DIGITS = 7;

export function priceData(feeds: readonly ChartFeed[]): readonly PriceData[] {
  const numbers = feeds.reduce(
    (sum, { dataset, indicators }) => sum + dataset.bars.length * (5 + indicators.length),
    0,
  );
  const isWhole = numbers <= NUMBERS_MAX;
  const pointsMax = Math.max(1000, Math.min(4000, POINTS_MAX / feeds.length));
  return feeds.map(({ feed, dataset, indicators }) => {
    const { bars } = dataset;
    const closes = Float64Array.from({ length: bars.length }, (_, i) => closeTimeAt(bars, i));
    const buckets = isWhole ? undefined : bucketsFor(bars.length, pointsMax);
    const column = (values: Float64Array) => steppedColumn(shown(values, buckets), DIGITS);
    return {
      feed,
      dataset: dataset.name,
      product: dataset.product.id,
      times: timeColumn(buckets === undefined ? closes : thinTimes(closes, buckets)),
      close: column(bars.close),
      ...(isWhole && { candles: { open: column(bars.open), high: column(bars.high), low: column(bars.low) } }),
      barsPerBucket: buckets?.size ?? 1,
      barSeconds: bars.durationMs / 1000,
      indicators: indicators.map(indicator => indicatorData(indicator, bars, column)),
    };
  });
}

function shown(values: Float64Array, buckets: Buckets | undefined): Float64Array {
  return buckets === undefined ? values : thinValues(values, buckets);
}

type Indicator = ChartFeed['indicators'][number];

function indicatorData(
  { name, values }: Indicator,
  bars: Bars,
  column: (values: Float64Array) => SteppedColumn,
): IndicatorData {
  const pane = followsPrice(values, bars.close) ? 'price' : (name.split('.')[0] ?? name);
  return { name, pane, values: column(values) };
}

/** Whether nearly all values lie between half and twice the close of their bar. */
function followsPrice(values: Float64Array, close: Float64Array): boolean {
  let [known, near] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const ratio = values[i]! / close[i]!;
    if (Number.isNaN(ratio)) continue;
    known++;
    if (ratio > 0.5 && ratio < 2) near++;
  }
  return near > 0.9 * known;
}
