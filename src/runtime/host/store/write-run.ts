/** A run's folder: written under a temporary name, then renamed. A reader sees all of a run, or nothing. */
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ageMs, withFileErrors } from '../files.ts';
import type { RunStore } from './open-store.ts';
import { cashTable, curveTable, equityTable, fillTable, orderTable, tradeTable } from './run-tables.ts';
import type { RunRows, StoredRun } from './stored-run.ts';
import { encodeTable } from './table-file.ts';

/** Folders under other names than a run's: half-written by a process that may be dead, or on their way out. */
const TRANSIENT_PREFIX = '.';
const STALE_AFTER_MS = 3_600_000;

/** Throws GB_DISK_FULL or GB_PERMISSION; then nothing of the run is left. */
export async function writeRun({ runsDir }: RunStore, run: StoredRun, rows: RunRows): Promise<void> {
  const temporary = join(runsDir, `${TRANSIENT_PREFIX}writing-${run.runId}`);
  const folder = join(runsDir, run.runId);
  try {
    withFileErrors(folder, () => mkdirSync(temporary));
    // One after the other, so that no two are in memory at once.
    for (const [name, encode] of filesOf(run, rows)) {
      const content = await encode();
      withFileErrors(folder, () => writeFileSync(join(temporary, name), content));
      // Given back at once: the garbage collector is in no hurry.
      if (typeof content !== 'string') content.buffer.transfer(0);
    }
    withFileErrors(folder, () => renameSync(temporary, folder));
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    throw error;
  }
  withFileErrors(folder, () => removeStale(runsDir));
}

/** Ids of all runs that have a folder. */
export function storedRunIds({ runsDir }: RunStore): readonly string[] {
  return withFileErrors(runsDir, () => readdirSync(runsDir)).filter(name => !name.startsWith(TRANSIENT_PREFIX));
}

/** Takes a run's folder out of sight in one step, so that a death in the middle leaves no half of it. */
export function deleteRunFolder({ runsDir }: RunStore, runId: string): void {
  const condemned = join(runsDir, `${TRANSIENT_PREFIX}removing-${runId}`);
  withFileErrors(join(runsDir, runId), () => {
    renameSync(join(runsDir, runId), condemned);
    rmSync(condemned, { recursive: true, force: true });
  });
}

type Encode = () => Promise<string | Uint8Array<ArrayBuffer>>;

function filesOf(run: StoredRun, { orders, fills, cash, curve }: RunRows): readonly [name: string, Encode][] {
  const { products } = run;
  return [
    ['orders.arrow', () => encodeTable(orderTable(orders, products))],
    ['fills.arrow', () => encodeTable(fillTable(fills, products))],
    ...(cash.length === 0 ? [] : [['cash.arrow', () => encodeTable(cashTable(cash, products))] as [string, Encode]]),
    ['trades.arrow', () => encodeTable(tradeTable(run.summary.trades))],
    ['equity.arrow', () => encodeTable(equityTable(run.summary))],
    ['curve.arrow', () => encodeTable(curveTable(curve))],
    ['summary.json', async () => `${JSON.stringify(withoutColumns(run), null, 2)}\n`],
  ];
}

/** The columns are in the Arrow files. */
function withoutColumns(run: StoredRun) {
  const { trades: _trades, daily: _daily, benchmark, ...summary } = run.summary;
  const { equity: _equity, ...rest } = benchmark;
  return { v: 1, ...run, summary: { ...summary, benchmark: rest } };
}

function removeStale(runsDir: string): void {
  for (const name of readdirSync(runsDir)) {
    const path = join(runsDir, name);
    if (name.startsWith(TRANSIENT_PREFIX) && ageMs(path) > STALE_AFTER_MS)
      rmSync(path, { recursive: true, force: true });
  }
}
