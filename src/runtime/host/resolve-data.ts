/**
 * From a reference to the bars of a run. A reference is a path that ends in `.csv`, else a dataset of the project,
 * else a shipped sample; a dataset that does not exist is made from finer bars of the same product where there are
 * some. The order of steps matters: load, adjust, resample, cut. So a week across a split is right, and a cut never
 * leaves half a bar.
 */
import { GoboolError } from '../base/error.ts';
import type { RunWarning } from '../bundle/abi.ts';
import { adjustInPlace, type FactorRow, splitDays } from '../market/adjust.ts';
import { type Bars, sliceBars } from '../market/bars.ts';
import { isoDate, isoTime } from '../market/civil-date.ts';
import type { Dataset } from '../market/dataset.ts';
import type { CalendarName } from '../market/product.ts';
import { resample } from '../market/resample.ts';
import { firstAtOrAfter } from '../market/session-column.ts';
import { derivedHash } from './catalog/dataset-hash.ts';
import { readDataset } from './catalog/read-dataset.ts';
import { type FoundDataset, findDataset } from './find-dataset.ts';
import { loadCsvFile } from './load-csv-file.ts';
import { barsOf } from './stored-bars.ts';
import { calendarForBars } from './zone.ts';

export interface LoadOptions {
  readonly projectDir: string;
  readonly prices: 'adjusted' | 'raw';
  /** First bar open to take, epoch milliseconds. */
  readonly from?: number;
  /** First bar open not to take, epoch milliseconds. */
  readonly to?: number;
  /** Instead of the calendar that the product suggests; only for CSV files given by path. */
  readonly calendar?: CalendarName;
}

export interface LoadedData {
  readonly dataset: Dataset;
  readonly warnings: readonly RunWarning[];
}

/**
 * Throws GB_DATA_MISSING, GB_DATA_EMPTY, GB_DATA_CORRUPT, GB_PERMISSION, and for CSV files what reading them throws.
 */
export async function loadDataset(ref: string, options: LoadOptions): Promise<LoadedData> {
  const loaded = await load(ref, options);
  const { from = -Infinity, to = Infinity } = options;
  const { bars } = loaded.dataset;
  const first = firstAtOrAfter(bars.time, from);
  const end = firstAtOrAfter(bars.time, to, first);
  if (first === end) throw nothingInRange(ref, bars);
  const dataset = { ...loaded.dataset, bars: end - first === bars.length ? bars : sliceBars(bars, first, end) };
  const warnings = options.prices === 'raw' ? splitWarnings(ref, dataset.bars, loaded.factors) : [];
  return { dataset, warnings: [...loaded.warnings, ...warnings] };
}

interface WholeDataset extends LoadedData {
  readonly factors: readonly FactorRow[];
}

async function load(ref: string, options: LoadOptions): Promise<WholeDataset> {
  if (ref.toLowerCase().endsWith('.csv')) return { ...(await loadCsvFile(ref, options.calendar)), factors: [] };
  return loadStored(ref, findDataset(ref, options.projectDir), options);
}

async function loadStored(ref: string, found: FoundDataset, options: LoadOptions): Promise<WholeDataset> {
  const loaded = await readDataset(found.catalogDir, found.name);
  if (loaded === undefined) throw new GoboolError('GB_DATA_MISSING', `${found.name} has just been removed.`);
  const { entry, meta, columns } = loaded;
  const { product, factors } = meta;
  const calendar = await calendarForBars(product.calendar, meta.interval, entry.from, entry.to);
  const stored = barsOf(columns, meta.interval, calendar);
  if (options.prices === 'adjusted') adjustInPlace(stored, factors);
  if (found.resampleTo === undefined) {
    return { dataset: { name: ref, hash: entry.sha256, product, bars: stored }, factors, warnings: [] };
  }
  const bars = resample(stored, found.resampleTo, calendar);
  if (bars.length === 0) throw new GoboolError('GB_DATA_EMPTY', `${found.name} is too short for one bar of ${ref}.`);
  const hash = derivedHash(entry.sha256, `resampled to ${found.resampleTo}`);
  return { dataset: { name: ref, hash, product, bars }, factors, warnings: [] };
}

function splitWarnings(ref: string, { session, length }: Bars, factors: readonly FactorRow[]): RunWarning[] {
  const days = splitDays(factors, session[0] ?? 0, session[length - 1] ?? 0);
  if (days.length === 0) return [];
  const dates = days.map(isoDate).join(', ');
  const message = `${ref} splits after ${dates}; raw prices do not split positions: the jump counts as profit or loss.`;
  return [{ code: 'raw-split', message }];
}

function nothingInRange(ref: string, { time, length }: Bars): GoboolError {
  const range = `${isoTime(time[0] ?? 0)} to ${isoTime(time[length - 1] ?? 0)}`;
  return new GoboolError('GB_DATA_EMPTY', `${ref} has no bar in the range asked for: its bars open from ${range}.`, {
    hint: 'Change --from and --to; --to is exclusive.',
  });
}
