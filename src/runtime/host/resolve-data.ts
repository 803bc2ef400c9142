/**
 * From a reference to the bars of a run. A reference is a path that ends in `.csv`, else a dataset of the project,
 * made from finer bars of the same product where there is none of that length, else the same of the shipped samples.
 * The order of steps matters: load, adjust, resample, cut. So a week across a split is right, and a cut never
 * leaves half a bar.
 */
import { GoboolError } from '../base/error.ts';
import type { RunWarning } from '../bundle/abi.ts';
import { adjustInPlace } from '../market/adjust.ts';
import { type Bars, firstClosingAfter, sliceBars } from '../market/bars.ts';
import { isoDate, isoTime, MS_PER_DAY } from '../market/civil-date.ts';
import { corporateActions } from '../market/corporate-actions.ts';
import type { Dataset } from '../market/dataset.ts';
import type { CorporateAction } from '../market/holder-events.ts';
import type { CalendarName } from '../market/product.ts';
import { resample } from '../market/resample.ts';
import { firstAtOrAfter } from '../market/session-column.ts';
import { derivedHash } from './catalog/dataset-hash.ts';
import { readDataset } from './catalog/read-dataset.ts';
import { type FoundDataset, findDataset } from './find-dataset.ts';
import { samplesDir } from './folders.ts';
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
  /** The file, as it was named; absent where a catalog has the data. */
  readonly file?: string;
  /** Whether it is one of the shipped samples, or made from one. */
  readonly sample?: true;
}

/**
 * Throws GB_DATA_MISSING, GB_DATA_EMPTY, GB_DATA_CORRUPT, GB_PERMISSION, and for CSV files what reading them throws.
 */
export async function loadDataset(ref: string, options: LoadOptions): Promise<LoadedData> {
  return cutTo(options, ref, await load(ref, options));
}

/** The same for a dataset that is found already; `ref` is what it is called. Throws the same. */
export async function loadFound(ref: string, found: FoundDataset, options: LoadOptions): Promise<LoadedData> {
  return cutTo(options, ref, await loadStored(ref, found, options));
}

/** `splits`: those of stored prices, where they may lie inside a bar. */
type Loaded = LoadedData & { readonly splits: readonly CorporateAction[] };

function cutTo(options: LoadOptions, ref: string, { splits, ...loaded }: Loaded): LoadedData {
  const { from = -Infinity, to = Infinity } = options;
  const { bars } = loaded.dataset;
  const first = firstAtOrAfter(bars.time, from);
  const end = firstAtOrAfter(bars.time, to, first);
  if (from >= to) throw emptyRange(from, to);
  if (first === end) throw nothingInRange(ref, bars);
  const dataset = { ...loaded.dataset, bars: end - first === bars.length ? bars : sliceBars(bars, first, end) };
  return { ...loaded, dataset, warnings: [...loaded.warnings, ...splitWarnings(dataset, splits)] };
}

async function load(ref: string, options: LoadOptions): Promise<Loaded> {
  if (ref.toLowerCase().endsWith('.csv'))
    return { ...(await loadCsvFile(ref, options.calendar)), file: ref, splits: [] };
  return loadStored(ref, findDataset(ref, options.projectDir), options);
}

async function loadStored(ref: string, found: FoundDataset, options: LoadOptions): Promise<Loaded> {
  const loaded = await readDataset(found.catalogDir, found.name);
  if (loaded === undefined) throw new GoboolError('GB_DATA_MISSING', `${found.name} has just been removed.`);
  const { entry, meta, columns } = loaded;
  const { product, factors, funding } = meta;
  const calendar = await calendarForBars(product.calendar, meta.interval, entry.from, entry.to);
  const stored = barsOf(columns, meta.interval, calendar);
  const seen = corporateActions(stored, factors);
  if (options.prices === 'adjusted') adjustInPlace(stored, factors);
  const actions = options.prices === 'raw' ? seen : [];
  const dated = { ...(actions.length > 0 && { actions }), ...(funding && { funding }) };
  const origin = found.catalogDir === samplesDir() ? ({ sample: true } as const) : {};
  if (found.resampleTo === undefined) {
    const dataset = { name: ref, hash: entry.sha256, product, bars: stored, ...dated };
    return { dataset, warnings: [], ...origin, splits: seen };
  }
  const bars = resample(stored, found.resampleTo, calendar);
  if (bars.length === 0) throw new GoboolError('GB_DATA_EMPTY', `${found.name} is too short for one bar of ${ref}.`);
  const hash = derivedHash(entry.sha256, `resampled to ${found.resampleTo}`);
  return { dataset: { name: ref, hash, product, bars, ...dated }, warnings: [], ...origin, splits: actions };
}

/** A split between two bars is booked between them; one inside a bar leaves a bar of two kinds of prices. */
function splitWarnings({ name, bars }: Dataset, splits: readonly CorporateAction[]): RunWarning[] {
  const inside = splits.filter(({ ratio, time }) => {
    const open = bars.time[firstClosingAfter(bars, time)];
    return ratio !== 1 && open !== undefined && open < time && time > (bars.time[0] ?? 0);
  });
  if (inside.length === 0) return [];
  const dates = inside.map(({ time }) => isoDate(Math.floor(time / MS_PER_DAY))).join(', ');
  const remedy = 'use bars of a day or less, or weeks made from them at adjusted prices';
  const mixed = `that bar mixes old and new prices; ${remedy}`;
  return [{ code: 'raw-split', message: `${name} splits on ${dates}, inside a bar: ${mixed}.` }];
}

function emptyRange(from: number, to: number): GoboolError {
  return new GoboolError(
    'GB_DATA_EMPTY',
    `The range asked for, ${isoTime(from)} to ${isoTime(to)}, has no time in it.`,
    {
      hint: 'Let --from be before --to, which is exclusive.',
    },
  );
}

function nothingInRange(ref: string, { time, length }: Bars): GoboolError {
  const range = `${isoTime(time[0] ?? 0)} to ${isoTime(time[length - 1] ?? 0)}`;
  return new GoboolError('GB_DATA_EMPTY', `${ref} has no bar in the range asked for: its bars open from ${range}.`, {
    hint: 'Change --from and --to; --to is exclusive.',
  });
}
