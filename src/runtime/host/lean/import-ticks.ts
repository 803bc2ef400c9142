/** Imports LEAN's tick archives: folded into bars one archive at a time, so that one day of ticks lies in memory. */
import { GoboolError } from '../../base/error.ts';
import { INTERVAL_MS, type Interval } from '../../market/interval.ts';
import { TickFold } from '../../market/tick-fold.ts';
import type { ZoneOffsets } from '../../market/zone-offsets.ts';
import { type ImportResult, type ImportTarget, importDataset } from '../import/import-dataset.ts';
import { readTicks, type TickCounts, type TickReader } from './parse-ticks.ts';
import { isTickTable, readZip } from './read-zip.ts';

export interface TickImport {
  readonly archives: readonly string[];
  readonly priceScale: number;
  readonly zone: ZoneOffsets;
  readonly target: ImportTarget;
}

/** They divide the half hours at which sessions open. */
const TICK_INTERVALS: readonly Interval[] = ['1s', '5s', '1m', '5m', '15m'];
const DEFAULT_INTERVAL = '1m';

/** Throws GB_DATA_INTERVAL for bars too long to be folded from ticks, and what `importDataset` and `readZip` throw. */
export async function importTicks(source: TickImport): Promise<ImportResult & { ticks: TickCounts }> {
  const { archives, priceScale, zone, target } = source;
  const interval = checkedInterval(target.interval ?? DEFAULT_INTERVAL);
  const counts = { trades: 0, quotes: 0, suspicious: 0, outOfOrder: 0, quotesWithoutSpread: 0 };
  const fold = new TickFold(INTERVAL_MS[interval]);
  const reader: TickReader = { fold, priceScale, zone, counts, badRows: { count: 0, kept: [] } };
  for (const archive of archives) {
    for (const table of await readZip(archive)) {
      if (!isTickTable(table.name)) throw mixed(table.label);
      readTicks(table, reader);
    }
  }
  const columns = fold.bars();
  const bars = {
    file: archives.length === 1 ? (archives[0] as string) : `${archives.length} archives`,
    columns,
    lines: new Uint32Array(columns.length),
    badRows: reader.badRows.kept,
    badRowCount: reader.badRows.count,
  };
  const result = await importDataset([bars], 'open', { ...target, interval });
  return { ...result, ticks: counts };
}

function checkedInterval(word: string): Interval {
  const interval = TICK_INTERVALS.find(candidate => candidate === word);
  if (interval !== undefined) return interval;
  throw new GoboolError(
    'GB_DATA_INTERVAL',
    `Ticks are folded into bars of ${TICK_INTERVALS.join(', ')}, not ${word}.`,
    {
      hint: 'Import them with `--interval 1m`: a run that names a longer interval gets it made from those.',
    },
  );
}

function mixed(label: string): GoboolError {
  return new GoboolError('GB_DATA_FORMAT', `${label} holds no ticks, but another archive does.`, {
    hint: 'Import ticks and bars apart.',
  });
}
