/** `data show`: one dataset at a glance. */
import { closeTimeAt } from '../market/bars.ts';
import { findGaps, type Gap } from '../market/gaps.ts';
import type { CatalogEntry } from './catalog/catalog-entry.ts';
import { readDataset } from './catalog/read-dataset.ts';
import { barsOf } from './stored-bars.ts';
import { calendarForBars } from './zone.ts';

export interface DatasetDescription {
  readonly entry: CatalogEntry;
  readonly rows: number;
  /** Open of the first bar and close of the last, epoch milliseconds. */
  readonly firstOpenMs: number;
  readonly lastCloseMs: number;
  readonly lowest: number;
  readonly highest: number;
  readonly lastClose: number;
  readonly averageVolume: number;
  readonly gaps: readonly Gap[];
  /** Bars that the calendar expects and the data lacks. */
  readonly missing: number;
  /** Rows of factors for splits and dividends. */
  readonly factorRows: number;
  /** Funding rates of a perpetual contract. */
  readonly fundingRates: number;
  /** When the bars closed, epoch milliseconds, and raw closes, for a plot. */
  readonly times: Float64Array;
  readonly closes: Float64Array;
}

/** Undefined where the catalog has no such dataset. Throws GB_DATA_CORRUPT, GB_PERMISSION. */
export async function describeDataset(catalogDir: string, name: string): Promise<DatasetDescription | undefined> {
  const loaded = await readDataset(catalogDir, name);
  if (loaded === undefined) return undefined;
  const { entry, meta, columns } = loaded;
  const calendar = await calendarForBars(entry.calendar, entry.interval, entry.from, entry.to);
  const bars = barsOf(columns, entry.interval, calendar);
  const gaps = findGaps(bars, entry.interval, calendar);
  const total = bars.volume.reduce((sum, volume) => sum + volume, 0);
  return {
    entry,
    rows: bars.length,
    firstOpenMs: entry.from,
    lastCloseMs: closeTimeAt(bars, bars.length - 1),
    lowest: bars.low.reduce((low, price) => Math.min(low, price), Infinity),
    highest: bars.high.reduce((high, price) => Math.max(high, price), -Infinity),
    lastClose: bars.close[bars.length - 1] ?? NaN,
    averageVolume: total / bars.length,
    gaps,
    missing: gaps.reduce((sum, gap) => sum + gap.missing, 0),
    factorRows: meta.factors.length,
    fundingRates: meta.funding?.length ?? 0,
    times: bars.time.map((_, i) => closeTimeAt(bars, i)),
    closes: bars.close,
  };
}
