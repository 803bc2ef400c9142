/** Small datasets in a catalog, without a source file. */
import type { CatalogEntry } from '../../src/runtime/host/catalog/catalog-entry.ts';
import { writeDataset } from '../../src/runtime/host/catalog/write-dataset.ts';
import type { FactorRow } from '../../src/runtime/market/adjust.ts';
import type { FundingRate } from '../../src/runtime/market/holder-events.ts';
import { INTERVAL_MS, type Interval } from '../../src/runtime/market/interval.ts';
import { productOf } from '../../src/runtime/market/product-defaults.ts';

export interface PlainDataset {
  readonly productId?: string;
  readonly interval?: Interval;
  readonly start?: string;
  readonly closes: readonly number[];
  readonly factors?: readonly FactorRow[];
  readonly funding?: readonly FundingRate[];
}

/** Bars one after another without a gap, all four prices equal, volume 100. */
export function storeCloses(catalogDir: string, dataset: PlainDataset): Promise<CatalogEntry> {
  const {
    productId = 'crypto.ABCUSD.test',
    interval = '1d',
    start = '2021-01-04',
    closes,
    factors = [],
    funding,
  } = dataset;
  const prices = Float64Array.from(closes);
  const time = prices.map((_, i) => Date.parse(start) + i * INTERVAL_MS[interval]);
  const columns = { time, open: prices, high: prices, low: prices, close: prices, volume: prices.map(() => 100) };
  const meta = { product: productOf(productId), interval, source: 'test', factors, ...(funding && { funding }) };
  return writeDataset(catalogDir, { rows: prices.length, ...columns }, meta, { badRows: 0 });
}
