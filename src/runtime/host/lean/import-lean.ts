/** Imports LEAN's zip archives: one, several, or a folder of them, all of one product, with its factor file. */
import { basename } from 'node:path';
import { GoboolError } from '../../base/error.ts';
import { parseProductId } from '../../market/dataset-name.ts';
import { UTC } from '../../market/zone-offsets.ts';
import { type ImportResult, type ImportTarget, importDataset } from '../import/import-dataset.ts';
import { zoneOffsets } from '../zone.ts';
import { readFactorFile } from './factor-file.ts';
import { importTicks } from './import-ticks.ts';
import { checkIsLean, leanMarket, parseLean } from './parse-lean.ts';
import type { TickCounts } from './parse-ticks.ts';
import { holdsTicks, readZip, zipPaths } from './read-zip.ts';

export interface LeanImport extends Omit<ImportTarget, 'factors' | 'source'> {
  /** Archives, or folders of archives. */
  readonly paths: readonly string[];
  readonly factorPath?: string;
}

/** 1990 to 2100: LEAN's data lies between. */
const FIRST_MS = 631_152_000_000;
const LAST_MS = 4_102_444_800_000;

/** Throws what `importDataset` throws, and GB_DATA_MISSING, GB_DATA_FORMAT, GB_PERMISSION for the files. */
export async function importLean({
  paths,
  factorPath,
  ...target
}: LeanImport): Promise<ImportResult & { ticks?: TickCounts }> {
  const id = parseProductId(target.productId);
  if (id === undefined) throw new GoboolError('GB_DATA_PRODUCT', `"${target.productId}" is not the name of a product.`);
  const factors = factorPath === undefined ? [] : readFactorFile(factorPath);
  const archives = (await Promise.all(paths.map(path => zipPaths(path, id.symbol)))).flat();
  const { priceScale, zoneName } = leanMarket(id.market);
  const zone = zoneName === undefined ? UTC : await zoneOffsets(zoneName, FIRST_MS, LAST_MS);
  const whole = { ...target, factors, source: sourceOf(archives, factorPath) };
  const [first] = archives;
  if (first !== undefined && (await holdsTicks(first)))
    return importTicks({ archives, priceScale, zone, target: whole });
  const tables = (await Promise.all(archives.map(readZip))).flat();
  for (const table of tables) checkIsLean(table);
  const parsed = tables.map(table => parseLean(table, priceScale, zone));
  return importDataset(parsed, 'open', whole);
}

function sourceOf(archives: readonly string[], factorPath: string | undefined): string {
  const names = archives.map(path => basename(path));
  const shown = names.length > 3 ? `${names[0]} to ${names.at(-1)} (${names.length} files)` : names.join(', ');
  return `LEAN ${shown}${factorPath === undefined ? '' : `, factors ${basename(factorPath)}`}`;
}
