/** A dataset as a file that other programs read, and that an import turns into the same dataset, to the bit. */
import { existsSync } from 'node:fs';
import { GoboolError } from '../../base/error.ts';
import type { RunWarning } from '../../bundle/abi.ts';
import type { Bars } from '../../market/bars.ts';
import { datasetName, parseDatasetName } from '../../market/dataset-name.ts';
import { openDataset } from '../catalog/read-dataset.ts';
import type { DatasetMeta } from '../catalog/stored-dataset.ts';
import { writeFileAtomic } from '../files.ts';
import { findDataset, findSourceOf } from '../find-dataset.ts';
import { loadFound } from '../resolve-data.ts';
import { csvParts, jsonParts, ndjsonParts } from './text-parts.ts';

export const EXPORT_FORMATS = ['parquet', 'csv', 'json', 'ndjson'] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportSelection {
  readonly projectDir: string;
  /** `stock.SPY.usa@1d`; with an interval also `stock.SPY.usa`. */
  readonly ref: string;
  /** Longer than the dataset's: the bars are made from it. */
  readonly interval?: string;
  readonly prices: 'adjusted' | 'raw';
  /** First bar open to take, epoch milliseconds. */
  readonly from?: number;
  /** First bar open not to take, epoch milliseconds. */
  readonly to?: number;
}

export interface SelectedBars {
  readonly name: string;
  readonly meta: DatasetMeta;
  readonly bars: Bars;
  /** What is wrong with the bars, such as weeks of raw prices across a split. */
  readonly warnings: readonly RunWarning[];
}

/** Throws GB_DATA_MISSING, GB_DATA_EMPTY, GB_DATA_CORRUPT, GB_PERMISSION. */
export async function selectBars({ ref, interval, ...options }: ExportSelection): Promise<SelectedBars> {
  const wanted = interval === undefined ? ref : `${ref.split('@')[0]}@${interval}`;
  const { projectDir } = options;
  const isSource = interval !== undefined && ref.includes('@');
  const found = isSource ? findSourceOf(interval, ref, projectDir) : findDataset(wanted, projectDir);
  const { dataset, warnings } = await loadFound(wanted, found, options);
  const opened = await openDataset(found.catalogDir, found.name);
  const named = parseDatasetName(wanted);
  if (opened === undefined || named === undefined)
    throw new GoboolError('GB_DATA_MISSING', `${wanted} has just been removed.`);
  const { meta } = opened.file;
  const factors = options.prices === 'raw' ? meta.factors : [];
  const name = datasetName(named.productId, named.interval);
  return { name, bars: dataset.bars, warnings, meta: { ...meta, interval: named.interval, factors } };
}

/**
 * Writes a whole file or none, and gives its size in bytes. Throws GB_EXPORT_EXISTS unless it may overwrite,
 * GB_DISK_FULL, GB_PERMISSION.
 */
export async function exportToFile(
  selected: SelectedBars,
  format: ExportFormat,
  path: string,
  mayOverwrite: boolean,
): Promise<number> {
  if (!mayOverwrite && existsSync(path)) throw new GoboolError('GB_EXPORT_EXISTS', `${path} exists already.`);
  let size = 0;
  const counted = function* (parts: Iterable<Uint8Array>) {
    for (const part of parts) {
      size += part.length;
      yield part;
    }
  };
  writeFileAtomic(path, counted(await partsOf(selected, format)));
  return size;
}

async function partsOf(selected: SelectedBars, format: ExportFormat): Promise<Iterable<Uint8Array>> {
  if (format !== 'parquet') return encoded(TEXT_PARTS[format](selected.bars));
  const { encodeParquet } = await import('./encode-parquet.ts');
  return [encodeParquet(selected)];
}

/** The texts of a format, one after another; each ends with a line. */
export const TEXT_PARTS: Readonly<Record<Exclude<ExportFormat, 'parquet'>, (bars: Bars) => Iterable<string>>> = {
  csv: csvParts,
  json: jsonParts,
  ndjson: ndjsonParts,
};

function* encoded(parts: Iterable<string>): Iterable<Uint8Array> {
  for (const part of parts) yield Buffer.from(part);
}
