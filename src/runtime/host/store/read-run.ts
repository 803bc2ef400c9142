/** Reads a run back from its folder. Throws GB_RUN_BROKEN where a file is missing or damaged. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GoboolError } from '../../base/error.ts';
import type { Trade } from '../../metrics/trades.ts';
import type { Curve } from '../../report/curve.ts';
import { toFileError } from '../files.ts';
import type { RunStore } from './open-store.ts';
import { fillRows, TRADE_COLUMNS, tradeFields } from './run-tables.ts';
import type { StoredRun } from './stored-run.ts';
import { decodeTable, type ReadColumn } from './table-file.ts';

export async function readRun(store: RunStore, runId: string): Promise<StoredRun> {
  const stored = await readSummary(store, runId);
  const equity = await readTable(store, runId, 'equity.arrow');
  const trades = await reading(store, runId, 'trades.arrow', async bytes => toTrades(await decodeTable(bytes)));
  const summary = {
    ...stored.summary,
    trades,
    daily: { times: floats(equity('time')), values: floats(equity('equity')) },
    benchmark: { ...stored.summary.benchmark, equity: floats(equity('benchmark')) },
  };
  return { ...stored, summary };
}

/** The run without trades and daily equity, which lie in files of their own. */
export function readSummary(store: RunStore, runId: string): Promise<StoredRun> {
  return reading(store, runId, 'summary.json', bytes => checkedRun(JSON.parse(new TextDecoder().decode(bytes))));
}

/** What the index takes of a run; a file may be JSON and yet not of a run. */
function checkedRun(run: StoredRun): StoredRun {
  const { createdMs, strategy, params, datasets, products, summary } = run;
  const isWhole =
    Number.isFinite(createdMs) &&
    [run.runId, run.runKey, run.resultHash, strategy, summary.state].every(text => typeof text === 'string') &&
    [params, summary.metrics, summary.benchmark].every(value => typeof value === 'object' && value !== null) &&
    Array.isArray(products) &&
    datasets.every(({ dataset }) => typeof dataset === 'string');
  if (!isWhole) throw new Error('fields are missing or wrong');
  return run;
}

/** The equity curve as it is plotted. */
export async function readCurve(store: RunStore, runId: string): Promise<Required<Curve>> {
  const column = await readTable(store, runId, 'curve.arrow');
  return {
    times: floats(column('time')),
    values: floats(column('equity')),
    low: floats(column('low')),
    high: floats(column('high')),
  };
}

/** Fill rows as the engine wrote them (`fill-log.ts`). */
export async function readFills(store: RunStore, { runId, products }: StoredRun): Promise<Float64Array> {
  return fillRows(await readTable(store, runId, 'fills.arrow'), products);
}

/** A file that was cut to nothing is a table without columns: one that is missing is told when it is read. */
export async function readTable(store: RunStore, runId: string, file: string): Promise<ReadColumn> {
  const column = await reading(store, runId, file, decodeTable);
  const read = (name: string) => {
    try {
      return column(name);
    } catch (error) {
      throw brokenRun(store, runId, file, error);
    }
  };
  return Object.assign(read, { names: column.names });
}

async function reading<T>(
  store: RunStore,
  runId: string,
  file: string,
  decode: (bytes: Uint8Array) => T | Promise<T>,
): Promise<T> {
  const path = join(store.runsDir, runId, file);
  try {
    return await decode(readFileSync(path));
  } catch (error) {
    const known = toFileError(error, path);
    if (known instanceof GoboolError) throw known;
    throw brokenRun(store, runId, file, error);
  }
}

function brokenRun({ runsDir }: RunStore, runId: string, file: string, cause: unknown): GoboolError {
  const path = join(runsDir, runId, file);
  return new GoboolError('GB_RUN_BROKEN', `Run ${runId} cannot be read: ${path} is missing or damaged.`, { cause });
}

function toTrades(column: ReadColumn): readonly Trade[] {
  const columns = tradeFields().map(field => {
    const { name, added } = TRADE_COLUMNS[field];
    return [field, added && !column.names.includes(name) ? undefined : column(name)] as const;
  });
  const count = columns[0]?.[1]?.length ?? 0;
  return Array.from({ length: count }, (_, row) => {
    const fields = columns.map(([field, values]) => [field, values === undefined ? Number.NaN : values[row]]);
    return Object.fromEntries(fields) as unknown as Trade;
  });
}

function floats(values: readonly unknown[]): Float64Array {
  return Float64Array.from(values, value => (value === null ? Number.NaN : Number(value)));
}
