/** `data verify`: what a dataset's bytes and bars are worth. Finds; never repairs. */
import { adjustInPlace, type FactorRow } from '../market/adjust.ts';
import type { Bars } from '../market/bars.ts';
import { findGaps, type Gap } from '../market/gaps.ts';
import { findOffSchedule, type OffSchedule } from '../market/off-schedule.ts';
import { findOutlierBars } from '../market/outlier-bars.ts';
import { findSplitJumps, type SplitJump } from '../market/split-jumps.ts';
import type { CatalogEntry } from './catalog/catalog-entry.ts';
import { datasetHash } from './catalog/dataset-hash.ts';
import { openDataset, toColumns } from './catalog/read-dataset.ts';
import { barsOf } from './stored-bars.ts';
import { calendarForBars } from './zone.ts';

/** Numbers of bars with a flaw. */
interface BarFlaws {
  /** Opens at the same time as the bar before. */
  readonly duplicates: number;
  /** Opens earlier than the bar before. */
  readonly unordered: number;
  /** The high is below another price of the bar, or the low above one. */
  readonly highBelowLow: number;
  readonly notPositive: number;
  /** No volume was traded, or the source has none. */
  readonly zeroVolume: number;
}

export interface VerifyReport extends BarFlaws, OffSchedule {
  readonly entry: CatalogEntry;
  /** Scheduled bars that are missing, as ranges. */
  readonly gaps: readonly Gap[];
  readonly missing: number;
  /** Jumps that look like splits which the factors do not know. */
  readonly splitJumps: readonly PlacedJump[];
  /** Opens of bars with prices far outside those around them, epoch milliseconds. */
  readonly outliers: readonly number[];
  /** SHA-256 of what the file holds; equal to `entry.sha256` unless file or entry was tampered with. */
  readonly sha256: string;
  readonly isIntact: boolean;
}

/** A jump as the stored prices show it. */
interface PlacedJump extends SplitJump {
  /** Open of the first bar after it, epoch milliseconds. */
  readonly time: number;
  /** Last raw price before, first after. */
  readonly before: number;
  readonly after: number;
}

/** Undefined where the catalog has no such dataset. Throws GB_DATA_CORRUPT where a checksum is wrong already. */
export async function verifyDataset(catalogDir: string, name: string): Promise<VerifyReport | undefined> {
  const opened = await openDataset(catalogDir, name);
  if (opened === undefined) return undefined;
  const { entry, file } = opened;
  const sha256 = datasetHash(file.columns, file.meta);
  const calendar = await calendarForBars(entry.calendar, entry.interval, entry.from, entry.to);
  const bars = barsOf(toColumns(file, entry), entry.interval, calendar);
  const gaps = findGaps(bars, entry.interval, calendar);
  const missing = gaps.reduce((sum, gap) => sum + gap.missing, 0);
  const isIntact = sha256 === entry.sha256;
  const findings = { ...countFlaws(bars), ...findOffSchedule(bars, entry.interval, calendar) };
  return { entry, gaps, missing, sha256, isIntact, ...findings, ...findJumps(bars, file.meta.factors) };
}

/** Of prices that are adjusted for what is known. */
function findJumps(bars: Bars, factors: readonly FactorRow[]): Pick<VerifyReport, 'splitJumps' | 'outliers'> {
  const { open, high, low, close, volume } = bars;
  const copy = { ...bars, open: open.slice(), high: high.slice(), low: low.slice(), close: close.slice() };
  const adjusted = { ...copy, volume: volume.slice() };
  adjustInPlace(adjusted, factors);
  const placed = (jump: SplitJump): PlacedJump => {
    const { bar } = jump;
    return { ...jump, time: bars.time[bar] ?? NaN, before: close[bar - 1] ?? NaN, after: open[bar] ?? NaN };
  };
  return { splitJumps: findSplitJumps(adjusted).map(placed), outliers: findOutlierBars(adjusted) };
}

function countFlaws(bars: Bars): BarFlaws {
  const { length, time, open, high, low, close, volume } = bars;
  const flaws = { duplicates: 0, unordered: 0, highBelowLow: 0, notPositive: 0, zeroVolume: 0 };
  let last = -Infinity;
  for (let i = 0; i < length; i++) {
    const [t = NaN, o = NaN, h = NaN, l = NaN, c = NaN] = [time[i], open[i], high[i], low[i], close[i]];
    if (t === last) flaws.duplicates++;
    if (t < last) flaws.unordered++;
    if (!(l <= o && l <= c && h >= o && h >= c)) flaws.highBelowLow++;
    if (!(l > 0 && o > 0 && c > 0)) flaws.notPositive++;
    if (volume[i] === 0) flaws.zeroVolume++;
    last = t;
  }
  return flaws;
}
