/** Tables inside zip archives. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { GoboolError } from '../../base/error.ts';
import { readSource } from '../files.ts';

/** One unpacked table: the name that it has inside its archive, and its text. */
export interface ZippedTable {
  readonly name: string;
  /** The archive's name and, where it holds several tables, the table's. */
  readonly label: string;
  readonly bytes: Uint8Array;
}

/** The CSV tables of an archive. Throws GB_DATA_MISSING, GB_PERMISSION, GB_DATA_FORMAT. */
export async function readZip(path: string): Promise<ZippedTable[]> {
  const packed = readSource(path, () => readFileSync(path));
  const { unzipSync } = await import('fflate');
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(packed, { filter: ({ name }) => name.endsWith('.csv') });
  } catch (error) {
    throw new GoboolError('GB_DATA_FORMAT', `${path} is not a zip archive that can be unpacked.`, { cause: error });
  }
  const names = Object.keys(files);
  if (names.length === 0) throw new GoboolError('GB_DATA_FORMAT', `${path} holds no .csv file.`);
  const label = (name: string): string => (names.length === 1 ? basename(path) : `${basename(path)}:${name}`);
  return names.map(name => ({ name, label: label(name), bytes: files[name] ?? new Uint8Array() }));
}

/**
 * The archives that a path stands for: itself, or those of a folder. Of a folder that holds several products only the
 * ones named after the symbol count, and of trades and quotes only the trades.
 */
export function zipPaths(path: string, symbol: string): string[] {
  const isFolder = readSource(path, () => statSync(path).isDirectory());
  if (!isFolder) return [path];
  const zips = readSource(path, () => readdirSync(path)).filter(name => name.endsWith('.zip'));
  const own = zips.filter(name => name.toLowerCase().includes(symbol.toLowerCase()));
  const chosen = own.length > 0 ? own : zips;
  const trades = chosen.filter(name => name.includes('_trade'));
  if (chosen.length === 0) throw new GoboolError('GB_DATA_MISSING', `There is no .zip file in ${path}.`);
  return (trades.length > 0 ? trades : chosen).sort().map(name => join(path, name));
}
