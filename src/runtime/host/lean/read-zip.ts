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
  const files = await unzip(path, name => name.endsWith('.csv'));
  const names = Object.keys(files);
  if (names.length === 0) throw new GoboolError('GB_DATA_FORMAT', `${path} holds no .csv file.`);
  const label = (name: string): string => (names.length === 1 ? basename(path) : `${basename(path)}:${name}`);
  return names.map(name => ({ name, label: label(name), bytes: files[name] ?? new Uint8Array() }));
}

/** Without unpacking. */
async function tableNames(path: string): Promise<string[]> {
  const names: string[] = [];
  await unzip(path, name => {
    names.push(name);
    return false;
  });
  return names;
}

async function unzip(path: string, takes: (name: string) => boolean): Promise<Record<string, Uint8Array>> {
  const packed = readSource(path, () => readFileSync(path));
  const { unzipSync } = await import('fflate');
  try {
    return unzipSync(packed, { filter: ({ name }) => takes(name) });
  } catch (error) {
    throw new GoboolError('GB_DATA_FORMAT', `${path} is not a zip archive that can be unpacked.`, { cause: error });
  }
}

/**
 * The archives that a path stands for: itself, or those of a folder. Of a folder that holds several products only the
 * ones named after the symbol count, and of bars of trades and of quotes only those of trades.
 */
export async function zipPaths(path: string, symbol: string): Promise<string[]> {
  const isFolder = readSource(path, () => statSync(path).isDirectory());
  if (!isFolder) return [path];
  const zips = readSource(path, () => readdirSync(path)).filter(name => name.endsWith('.zip'));
  if (zips.length === 0) throw new GoboolError('GB_DATA_MISSING', `There is no .zip file in ${path}.`);
  const own = zips.filter(name => partsOf(name).includes(plainName(symbol)));
  if (own.length === 0) refuseSeveralProducts(zips, path, symbol);
  const chosen = own.length > 0 ? own : zips;
  const archives = chosen.sort().map(name => join(path, name));
  const trades = archives.filter(archive => basename(archive).includes('_trade'));
  return trades.length === 0 || (await holdsTicks(trades[0] as string)) ? archives : trades;
}

/** `btcusd_20180404_trade.zip` is `btcusd`, `20180404`, `trade`. A whole part must fit: `a` is not `aapl`. */
const partsOf = (name: string): string[] => name.slice(0, -'.zip'.length).split('_').map(plainName);

/** As LEAN writes a symbol in a name: BTC-USD is `btcusd`. */
const plainName = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Archives of one unnamed or otherwise named product may be meant; of several nobody knows which. */
function refuseSeveralProducts(zips: readonly string[], folder: string, symbol: string): void {
  const firstParts = zips.map(name => partsOf(name)[0] ?? '').filter(part => !/^\d{8}$/.test(part));
  const products = [...new Set(firstParts)].sort();
  if (products.length < 2) return;
  const shown = products.length > 5 ? `${products.slice(0, 5).join(', ')}, ...` : products.join(', ');
  const message = `No archive in ${folder} is named after ${symbol}, and there are several products: ${shown}.`;
  throw new GoboolError('GB_DATA_MISSING', message, { hint: 'Name the archives instead of their folder.' });
}

/** Whether an archive holds ticks rather than bars: `20131007_spy_Trade_Tick.csv`, `20180404_btcusd_tick_quote.csv`. */
export async function holdsTicks(path: string): Promise<boolean> {
  return (await tableNames(path)).some(isTickTable);
}

export function isTickTable(name: string): boolean {
  return /(^|_)tick(_|\.)/i.test(name);
}
