/** From parsed rows to a dataset in the catalog: the part that every source format shares. */
import { GoboolError } from '../../base/error.ts';
import type { FactorRow } from '../../market/adjust.ts';
import { isoTime, MS_PER_DAY } from '../../market/civil-date.ts';
import { parseProductId } from '../../market/dataset-name.ts';
import type { FundingRate } from '../../market/holder-events.ts';
import { INTERVAL_MS, type Interval, isInterval, isIntraday } from '../../market/interval.ts';
import type { Product } from '../../market/product.ts';
import { type ProductOverrides, productOf } from '../../market/product-defaults.ts';
import type { CatalogEntry } from '../catalog/catalog-entry.ts';
import { writeDataset } from '../catalog/write-dataset.ts';
import type { Stamp } from '../csv/csv-options.ts';
import { commonestDistance, detectInterval, wouldOverlap } from '../csv/detect-interval.ts';
import { calendarBetween } from '../zone.ts';
import { stampsToOpens } from './bar-opens.ts';
import { mergeFiles } from './merge-files.ts';
import type { ParsedFile } from './parsed-file.ts';
import type { BadRow, RawColumns } from './raw-columns.ts';

const LONGEST: Interval = '1w';

export interface ImportTarget {
  readonly catalogDir: string;
  /** `stock.SPY.usa`. */
  readonly productId: string;
  /** Where the product differs from what its market suggests. */
  readonly overrides?: ProductOverrides;
  /** Found from the times where absent. */
  readonly interval?: string;
  readonly factors?: readonly FactorRow[];
  readonly funding?: readonly FundingRate[];
  /** Where the data came from, for people: names without folders. */
  readonly source: string;
  /** ISO time of the import. */
  readonly importedAt?: string;
  /** One bad row refuses the import. */
  readonly strict?: boolean;
}

export interface ImportResult {
  readonly entry: CatalogEntry;
  readonly rows: number;
  /** Rows that were skipped, each with its place; of each file only the first ones. */
  readonly badRows: readonly BadRow[];
  /** All of them. */
  readonly badRowCount: number;
}

/**
 * Validates and stores. Throws GB_DATA_PRODUCT, GB_DATA_INTERVAL, GB_DATA_EMPTY, GB_DATA_BAD_ROWS (strict),
 * GB_DISK_FULL, GB_PERMISSION; then the catalog is as it was.
 */
export async function importDataset(
  files: readonly ParsedFile[],
  stamp: Stamp,
  target: ImportTarget,
): Promise<ImportResult> {
  const product = checkedProduct(target.productId, target.overrides);
  const { columns, badRows, badRowCount, interval } = await toBars(files, stamp, product, target.interval);
  if (target.strict && badRowCount > 0) throw refused(badRows, badRowCount);
  const { importedAt, factors = [], funding, source } = target;
  const facts = { badRows: badRowCount, ...(importedAt !== undefined && { importedAt }) };
  const meta = { product, interval, source, factors, ...(funding && { funding }) };
  const entry = await writeDataset(target.catalogDir, { ...columns, rows: columns.length }, meta, facts);
  return { entry, rows: columns.length, badRows, badRowCount };
}

/**
 * Good rows with the opens of their bars as times, their interval and calendar. Throws GB_DATA_INTERVAL,
 * GB_DATA_EMPTY.
 */
export async function toBars(files: readonly ParsedFile[], stamp: Stamp, product: Product, intervalWord?: string) {
  const { columns, badRows, badRowCount } = mergeFiles(files);
  if (columns.length === 0) throw empty(files, badRows);
  const interval = checkedInterval(columns, intervalWord);
  const { time } = columns;
  const calendar = await calendarBetween(product.calendar, time[0] ?? NaN, time[columns.length - 1] ?? NaN);
  stampsToOpens(time, interval, stamp, calendar, files[0]?.zone);
  if (!isIntraday(interval)) checkDays(time, interval);
  return { columns, badRows, badRowCount, interval, calendar };
}

/** The product of an id. Throws GB_DATA_PRODUCT. */
function checkedProduct(id: string, overrides: ProductOverrides = {}): Product {
  if (parseProductId(id) === undefined)
    throw new GoboolError('GB_DATA_PRODUCT', `"${id}" is not the name of a product.`);
  const product = productOf(id, overrides);
  const { currency, multiplier, lot, tick } = product;
  if (!/^\S+$/.test(currency)) throw impossible('currency', `"${currency}"`, 'a code like USD');
  if (!(multiplier > 0 && multiplier < Infinity)) throw impossible('multiplier', multiplier, 'above zero');
  if (!(lot >= 0 && lot < Infinity)) throw impossible('lot', lot, 'above zero, or zero for fractions');
  if (!(tick >= 0 && tick < Infinity)) throw impossible('tick', tick, 'above zero, or zero for none');
  return product;
}

function impossible(option: string, value: number | string, what: string): GoboolError {
  const message = `A product cannot have the ${option} ${value}: it is ${what}.`;
  return new GoboolError('GB_DATA_PRODUCT', message, { hint: `Give another --${option}, or leave it out.` });
}

/** Bars that last longer than they are apart would overlap, so a word that says so is wrong. */
function checkedInterval(columns: RawColumns, word: string | undefined): Interval {
  refuseMonths(columns);
  const detected = detectInterval(columns.time, columns.length);
  const interval = word ?? detected;
  if (interval === undefined) {
    const distanceMs = commonestDistance(columns.time, columns.length);
    const found = distanceMs === 0 ? '' : ` Most are ${distanceMs / 60_000} min apart, and no interval is as long.`;
    throw new GoboolError('GB_DATA_INTERVAL', `The times do not tell how long the bars are.${found}`);
  }
  if (!isInterval(interval)) throw new GoboolError('GB_DATA_INTERVAL', `"${interval}" is not an interval.`);
  if (detected !== undefined && INTERVAL_MS[detected] < INTERVAL_MS[interval]) {
    throw new GoboolError('GB_DATA_INTERVAL', `These are not ${interval} bars: most are ${detected} apart.`);
  }
  if (detected === LONGEST && interval !== LONGEST && columns.length > 2) {
    throw new GoboolError('GB_DATA_INTERVAL', `These are not ${interval} bars: most are ${LONGEST} apart.`);
  }
  if (isIntraday(interval) && wouldOverlap(columns, INTERVAL_MS[interval])) {
    throw new GoboolError('GB_DATA_INTERVAL', `These are not ${interval} bars: most are closer to each other.`);
  }
  return interval;
}

/** Under any name there is, months would count as days or weeks of a year, and a Sharpe ratio would be a multiple. */
function refuseMonths({ time, length }: RawColumns): void {
  const distanceMs = commonestDistance(time, length);
  if (length < 3 || distanceMs <= INTERVAL_MS[LONGEST]) return;
  const days = Math.round(distanceMs / MS_PER_DAY);
  throw new GoboolError(
    'GB_DATA_INTERVAL',
    `Most rows are ${days} days apart, but the longest interval is ${LONGEST}.`,
    {
      hint: 'Import daily or weekly bars: annual numbers of longer ones would be wrong.',
    },
  );
}

/** Two rows of one trading day, told apart by their clocks, would become two bars at the same time. */
function checkDays(time: Float64Array, interval: Interval): void {
  const second = time.findIndex((open, i) => i > 0 && open <= (time[i - 1] as number));
  if (second < 0) return;
  const day = isoTime(time[second] as number);
  throw new GoboolError(
    'GB_DATA_INTERVAL',
    `These are not ${interval} bars: two belong to the day that opens at ${day}.`,
  );
}

const SHOWN_ROWS_MAX = 20;

function problemsOf(badRows: readonly BadRow[]): string[] {
  return badRows.slice(0, SHOWN_ROWS_MAX).map(({ file, line, reason, text }) => `${file}:${line}: ${reason}: ${text}`);
}

function refused(badRows: readonly BadRow[], count: number): GoboolError {
  const message = `${count} bad row${count === 1 ? '' : 's'}; nothing was imported.`;
  return new GoboolError('GB_DATA_BAD_ROWS', message, { problems: problemsOf(badRows) });
}

function empty(files: readonly ParsedFile[], badRows: readonly BadRow[]): GoboolError {
  const names = files.map(({ file }) => file).join(', ');
  const hint = 'Check the file. If it has rows, the first ones are listed with what is wrong.';
  const message = `There is no usable row in ${names}.`;
  return new GoboolError('GB_DATA_EMPTY', message, { hint, problems: problemsOf(badRows) });
}
