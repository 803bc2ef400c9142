/**
 * Makes the folder `samples` from a checkout of LEAN's sample data, laid out as `daily/spy.zip`, `factor/spy.csv`,
 * `crypto-minute/`, `crypto-daily/`, `forex/eurusd_hour.zip`: `node scripts/make-samples.ts <folder>`.
 * The same input gives the same bytes.
 */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv } from 'node:process';
import { zipSync } from 'fflate';
import { importLean, type LeanImport } from '../src/runtime/host/lean/import-lean.ts';
import { readZip } from '../src/runtime/host/lean/read-zip.ts';

const catalogDir = join(import.meta.dirname, '..', 'samples');
const STOCKS = ['SPY', 'AAPL', 'IBM', 'BAC', 'AIG', 'GOOG'];
const FOREX_YEARS = /^201[5-8]/;

type Sample = Omit<LeanImport, 'catalogDir'>;

function stock(source: string, symbol: string): Sample {
  const file = symbol.toLowerCase();
  return {
    paths: [join(source, 'daily', `${file}.zip`)],
    factorPath: join(source, 'factor', `${file}.csv`),
    productId: `stock.${symbol}.usa`,
    interval: '1d',
  };
}

/** Twelve years of hours are more than a sample needs: four are kept. */
async function forexHours(source: string, temporaryDir: string): Promise<Sample> {
  const [table] = await readZip(join(source, 'forex', 'eurusd_hour.zip'));
  const lines = new TextDecoder().decode(table?.bytes).split('\n');
  const kept = lines.filter(line => FOREX_YEARS.test(line)).join('\n');
  const path = join(temporaryDir, 'eurusd_hour.zip');
  writeFileSync(path, zipSync({ 'eurusd.csv': new TextEncoder().encode(kept) }));
  return { paths: [path], productId: 'forex.EURUSD.global', interval: '1h' };
}

async function makeSamples(source: string): Promise<void> {
  const temporaryDir = mkdtempSync(join(tmpdir(), 'gobool-samples-'));
  const samples: Sample[] = [
    ...STOCKS.map(symbol => stock(source, symbol)),
    { paths: [join(source, 'crypto-minute')], productId: 'crypto.BTCUSD.global', interval: '1m' },
    { paths: [join(source, 'crypto-daily')], productId: 'crypto.BTCUSD.global', interval: '1d' },
    await forexHours(source, temporaryDir),
  ];
  for (const file of readdirSync(catalogDir)) if (/\.(arrow|json)$/.test(file)) rmSync(join(catalogDir, file));
  for (const sample of samples) {
    const { entry, badRows } = await importLean({ ...sample, catalogDir });
    console.log(`${entry.name}: ${entry.rows} rows, ${badRows.length} bad`);
    for (const { file, line, reason, text } of badRows) console.log(`  ${file}:${line}: ${reason}: ${text}`);
  }
  rmSync(temporaryDir, { recursive: true });
}

const [, , source] = argv;
if (source === undefined) throw new Error('Usage: node scripts/make-samples.ts <folder with the LEAN files>');
await makeSamples(source);
