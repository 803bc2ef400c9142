import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseConditions } from '../../../../src/runtime/base/conditions.ts';
import { FILL } from '../../../../src/runtime/engine/fill-log.ts';
import { findRun } from '../../../../src/runtime/host/store/find-run.ts';
import { keepRun } from '../../../../src/runtime/host/store/keep-run.ts';
import { listRuns } from '../../../../src/runtime/host/store/list-runs.ts';
import { MIGRATIONS } from '../../../../src/runtime/host/store/migrations.ts';
import { inTransaction, openStore, type RunStore } from '../../../../src/runtime/host/store/open-store.ts';
import { readCurve, readFills, readRun, readTable } from '../../../../src/runtime/host/store/read-run.ts';
import { removeRuns } from '../../../../src/runtime/host/store/remove-runs.ts';
import { newRunId } from '../../../../src/runtime/host/store/run-id.ts';
import { tradeTable } from '../../../../src/runtime/host/store/run-tables.ts';
import { RUN_VALUE_NAMES } from '../../../../src/runtime/host/store/run-values.ts';
import { encodeTable } from '../../../../src/runtime/host/store/table-file.ts';
import { aRun, ROWS, SUMMARY } from './a-run.ts';

let projectDir: string;
let store: RunStore;

beforeEach(async () => {
  projectDir = mkdtempSync(join(tmpdir(), 'gobool-store-'));
  store = await openStore(projectDir);
});

afterEach(() => {
  if (store.index.isOpen) store.index.close();
  rmSync(projectDir, { recursive: true, force: true });
});

const withSharpe = (value: number | null) => ({
  ...SUMMARY,
  metrics: { ...SUMMARY.metrics, sharpe: { value, unit: 'number' as const, n: 250, definition: 'of a test' } },
});
const ids = async (where = '', sortBy?: { name: string; ascending: boolean }) => {
  const conditions = where === '' ? [] : parseConditions(where, RUN_VALUE_NAMES);
  const runs = await listRuns(store, { where: conditions, ...(sortBy && { sortBy }) });
  return runs.map(run => run.runId);
};
const trials = () => store.index.prepare('SELECT run_key, sharpe, samples, first_ms, runs FROM trials').all();

describe('a run in the store', () => {
  test('reads back as it was recorded', async () => {
    await keepRun(store, aRun(), ROWS);
    expect(await readRun(store, 'abcd1234')).toEqual({ v: 1, ...aRun() });
    expect(await readCurve(store, 'abcd1234')).toEqual(ROWS.curve);
    expect(await readFills(store, aRun())).toEqual(ROWS.fills[0]);
  });

  test('has its fills and orders under plain names', async () => {
    await keepRun(store, aRun(), ROWS);
    const fill = await readTable(store, 'abcd1234', 'fills.arrow');
    expect(['time', 'product', 'quantity', 'price', 'fee', 'ambiguous'].map(name => fill(name)[0])).toEqual([
      2000,
      'stock.A.usa',
      2,
      50,
      0.1,
      true,
    ]);
    const order = await readTable(store, 'abcd1234', 'orders.arrow');
    expect(['kind', 'state', 'reason', 'limit', 'parent'].map(name => order(name)[0])).toEqual([
      'market',
      'filled',
      'none',
      null,
      null,
    ]);
  });

  test('has the rows of all parts, in order', async () => {
    const [first] = ROWS.fills as [Float64Array];
    const next = first.with(FILL.quantity, Number.NaN).with(FILL.price, 51).with(FILL.bar, 2);
    await keepRun(store, aRun(), { ...ROWS, fills: [Float64Array.of(...first, ...next), first] });
    const fill = await readTable(store, 'abcd1234', 'fills.arrow');
    expect([fill('quantity'), fill('price'), fill('bar')]).toEqual([
      [first[FILL.quantity], null, first[FILL.quantity]],
      [first[FILL.price], 51, first[FILL.price]],
      [first[FILL.bar], 2, first[FILL.bar]],
    ]);
  });

  test('has what was booked without a fill in a file of its own, where there was something', async () => {
    await keepRun(store, aRun(), ROWS);
    const cash = await readTable(store, 'abcd1234', 'cash.arrow');
    expect(['time', 'product', 'kind', 'amount', 'ratio'].map(name => cash(name)[0])).toEqual([
      ...[2000, null, 'interest', 0.5, null],
    ]);
    await keepRun(store, aRun({ runId: 'bcde2345' }), { ...ROWS, cash: [] });
    expect(readdirSync(join(store.runsDir, 'bcde2345'))).not.toContain('cash.arrow');
  });

  test('of an earlier version reads back without what was not stored then', async () => {
    await keepRun(store, aRun(), ROWS);
    const columns = tradeTable(SUMMARY.trades).filter(({ name }) => !['entry_step', 'mae', 'mfe'].includes(name));
    writeFileSync(join(store.runsDir, 'abcd1234', 'trades.arrow'), await encodeTable(columns));
    const [trade] = (await readRun(store, 'abcd1234')).summary.trades;
    expect(trade).toEqual({ ...SUMMARY.trades[0], entryStep: Number.NaN, mae: Number.NaN, mfe: Number.NaN });
  });

  test.each(['curve', 'equity', 'fills', 'trades'])(
    'of which %s.arrow was cut to nothing is GB_RUN_BROKEN',
    async file => {
      await keepRun(store, aRun(), ROWS);
      writeFileSync(join(store.runsDir, aRun().runId, `${file}.arrow`), '');
      const readAll = async () => {
        await readCurve(store, aRun().runId);
        await readFills(store, await readRun(store, aRun().runId));
      };
      await expect(readAll()).rejects.toMatchObject({ code: 'GB_RUN_BROKEN' });
    },
  );

  test('of which a column that was always there is missing is GB_RUN_BROKEN', async () => {
    await keepRun(store, aRun(), ROWS);
    const columns = tradeTable(SUMMARY.trades).filter(({ name }) => name !== 'pnl');
    writeFileSync(join(store.runsDir, 'abcd1234', 'trades.arrow'), await encodeTable(columns));
    await expect(readRun(store, 'abcd1234')).rejects.toMatchObject({ code: 'GB_RUN_BROKEN' });
  });

  test.each(['summary.json', 'equity.arrow', 'trades.arrow'])('without a whole %s is GB_RUN_BROKEN', async file => {
    await keepRun(store, aRun(), ROWS);
    writeFileSync(join(store.runsDir, 'abcd1234', file), 'cut off');
    await expect(readRun(store, 'abcd1234')).rejects.toMatchObject({ code: 'GB_RUN_BROKEN' });
  });
});

test.each(['{}', 'null', '{"v":1,"datasets":[],"summary":{}}'])(
  'a summary that is only %s costs its run only, also where the index is made anew',
  async text => {
    await keepRun(store, aRun(), ROWS);
    const folder = join(store.runsDir, 'bbbb0002');
    mkdirSync(folder);
    writeFileSync(join(folder, 'summary.json'), text);
    await expect(readRun(store, 'bbbb0002')).rejects.toMatchObject({ code: 'GB_RUN_BROKEN' });
    expect((await listRuns(store, { where: [] })).map(({ runId }) => runId)).toEqual(['abcd1234']);
    removeRuns(store, [await findRun(store, 'bbbb')]);
    expect(readdirSync(store.runsDir)).toEqual(['abcd1234']);
  },
);

describe('the list', () => {
  beforeEach(async () => {
    await keepRun(store, aRun({ runId: 'aaaa0001', runKey: '1', createdMs: 1000, summary: withSharpe(1) }), ROWS);
    await keepRun(store, aRun({ runId: 'aaaa0002', runKey: '2', createdMs: 2000, summary: withSharpe(null) }), ROWS);
    await keepRun(store, aRun({ runId: 'bbbb0003', runKey: '3', createdMs: 3000, summary: withSharpe(2) }), ROWS);
  });

  test('is newest first', async () => {
    expect(await ids()).toEqual(['bbbb0003', 'aaaa0002', 'aaaa0001']);
  });

  test.each([
    ['sharpe>0', ['bbbb0003', 'aaaa0001']],
    ['sharpe<2 and trades=1', ['aaaa0001']],
    ['sharpe != 1', ['bbbb0003']],
    ['finalEquity > 1000', []],
  ])('--where %s', async (where, expected) => {
    expect(await ids(where)).toEqual(expected);
  });

  test('sorts by a number, runs without it last', async () => {
    expect(await ids('', { name: 'sharpe', ascending: false })).toEqual(['bbbb0003', 'aaaa0001', 'aaaa0002']);
    expect(await ids('', { name: 'sharpe', ascending: true })).toEqual(['aaaa0001', 'bbbb0003', 'aaaa0002']);
  });

  test.each([
    ['bbbb0003', 'bbbb0003'],
    ['b', 'bbbb0003'],
    ['AAAA0002', 'aaaa0002'],
    ['last', 'bbbb0003'],
  ])('%s means %s', async (reference, runId) => {
    expect(await findRun(store, reference)).toBe(runId);
  });

  test.each([
    ['aaaa', 'GB_RUN_AMBIGUOUS'],
    ['cccc', 'GB_RUN_MISSING'],
    ['', 'GB_RUN_MISSING'],
  ])('"%s" is %s', async (reference, code) => {
    await expect(findRun(store, reference)).rejects.toMatchObject({ code });
  });

  test('a removed run leaves the list and the disk, and stays in the ledger', async () => {
    removeRuns(store, ['aaaa0001', 'bbbb0003']);
    expect(await ids()).toEqual(['aaaa0002']);
    expect(readdirSync(store.runsDir)).toEqual(['aaaa0002']);
    expect(trials()).toHaveLength(3);
  });
});

describe('the ledger', () => {
  test('counts the runs of one trial', async () => {
    await keepRun(store, aRun({ runId: newRunId(), createdMs: 1000 }), ROWS);
    await keepRun(store, aRun({ runId: newRunId(), createdMs: 2000 }), ROWS);
    expect(trials()).toEqual([{ run_key: aRun().runKey, sharpe: 1.25, samples: 250, first_ms: 1000, runs: 2 }]);
  });

  test('another result of the same inputs is GB_NONDETERMINISTIC, and both are kept', async () => {
    await keepRun(store, aRun({ runId: 'aaaa0001' }), ROWS);
    const other = { resultHash: 'd'.repeat(64) };
    await expect(keepRun(store, aRun({ runId: 'bbbb0002', ...other }), ROWS)).rejects.toMatchObject({
      code: 'GB_NONDETERMINISTIC',
      hint: expect.stringContaining('gobool run compare aaaa0001 bbbb0002'),
    });
    expect((await ids()).sort()).toEqual(['aaaa0001', 'bbbb0002']);
    removeRuns(store, ['aaaa0001']);
    await expect(keepRun(store, aRun({ runId: 'cccc0003', ...other }), ROWS)).rejects.toMatchObject({
      code: 'GB_NONDETERMINISTIC',
      message: expect.stringContaining('in a sweep or in a run that was removed'),
    });
  });
});

describe('after a death in the middle', () => {
  test('a run without its row is taken in', async () => {
    await keepRun(store, aRun({ runId: 'aaaa0001' }), ROWS);
    store.index.exec('DELETE FROM runs; DELETE FROM trials');
    expect(await ids()).toEqual(['aaaa0001']);
    expect(trials()).toHaveLength(1);
  });

  test('a lost index is made again from the runs', async () => {
    await keepRun(store, aRun({ runId: 'aaaa0001' }), ROWS);
    store.index.close();
    for (const suffix of ['', '-wal', '-shm']) rmSync(store.indexPath + suffix, { force: true });
    store = await openStore(projectDir);
    expect(await ids()).toEqual(['aaaa0001']);
  });

  test('a row without its run is forgotten', async () => {
    await keepRun(store, aRun({ runId: 'aaaa0001' }), ROWS);
    renameSync(join(store.runsDir, 'aaaa0001'), join(store.runsDir, '.removing-aaaa0001'));
    expect(await ids()).toEqual([]);
    expect(trials()).toHaveLength(1);
  });

  test('a half-written run is not seen', async () => {
    writeFileSync(join(store.runsDir, '.writing-aaaa0001'), '');
    expect(await ids()).toEqual([]);
    await expect(findRun(store, '.writing')).rejects.toMatchObject({ code: 'GB_RUN_MISSING' });
  });
});

describe('opening', () => {
  test('a store of a newer gobool is refused, and left as it is', async () => {
    store.index.exec('PRAGMA user_version = 999');
    store.index.close();
    await expect(openStore(projectDir)).rejects.toMatchObject({ code: 'GB_STORE_NEWER' });
    const index = new DatabaseSync(store.indexPath);
    expect(index.prepare('PRAGMA user_version').get()).toEqual({ user_version: 999 });
    index.close();
  });

  test('an older store gets the steps it lacks and keeps its runs', async () => {
    await keepRun(store, aRun(), ROWS);
    store.index.close();
    store = await openStore(projectDir, [...MIGRATIONS, 'ALTER TABLE runs ADD COLUMN note TEXT']);
    expect(store.index.prepare('SELECT run_id, note FROM runs').all()).toEqual([{ run_id: 'abcd1234', note: null }]);
  });

  test('a step that fails leaves the older store whole', async () => {
    await keepRun(store, aRun(), ROWS);
    store.index.close();
    const broken = [...MIGRATIONS, 'ALTER TABLE runs ADD COLUMN note TEXT', 'ALTER TABLE nothing ADD COLUMN note TEXT'];
    await expect(openStore(projectDir, broken)).rejects.toMatchObject({ code: 'GB_STORE_BROKEN' });
    store = await openStore(projectDir);
    expect(await ids()).toEqual(['abcd1234']);
  });

  test('a damaged index is GB_STORE_BROKEN', async () => {
    store.index.close();
    writeFileSync(store.indexPath, 'this is not a database, whatever its name says');
    await expect(openStore(projectDir)).rejects.toMatchObject({ code: 'GB_STORE_BROKEN' });
  });
});

describe('an index that cannot be written', () => {
  test.each([
    ['PRAGMA max_page_count = 1', 'GB_DISK_FULL'],
    ['PRAGMA query_only = 1', 'GB_PERMISSION'],
  ])('%s is %s, and the run is taken in later', async (pragma, code) => {
    store.index.exec(pragma);
    const big = { params: { text: 'x'.repeat(20_000) } };
    await expect(keepRun(store, aRun(big), ROWS)).rejects.toMatchObject({ code });
    store.index.close();
    store = await openStore(projectDir);
    expect(await ids()).toEqual(['abcd1234']);
  });

  test('a failure of another kind stays what it is', () => {
    expect(() => inTransaction(store, () => store.index.exec('INSERT INTO runs (run_id) VALUES (1)'))).toThrow(
      'NOT NULL',
    );
    expect(store.index.isTransaction).toBe(false);
  });
});
