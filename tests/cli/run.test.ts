import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { document, gobool, type Json, PROGRAM, startGobool, temporaryFolder } from '../helpers/cli.ts';
import { cliProject, RUN } from '../helpers/cli-project.ts';
import { runPython } from '../helpers/python.ts';

/** A project with two runs; their ids, the older one first. */
async function projectWithRuns(): Promise<{ cwd: string; first: string; second: string }> {
  const cwd = cliProject();
  const first = document(await gobool([...RUN, '--json'], { cwd })).data.runId;
  const second = document(await gobool([...RUN, '--json', '--set', 'every=3', '--fee', '10bps'], { cwd })).data.runId;
  return { cwd, first, second };
}

/** Runs the program where nothing below the project may be written. */
function readOnlyIn(cwd: string): (...args: string[]) => Promise<Json> {
  const wall = ['--bind', '/', '/', '--dev', '/dev', '--ro-bind', cwd, cwd, '--chdir', cwd];
  return async (...args) => {
    const program = [process.execPath, PROGRAM, ...args, '--json'];
    return document(await execa('bwrap', [...wall, ...program], { reject: false }));
  };
}

/** As the first version of gobool left it. */
function makeOlder(indexPath: string): void {
  const index = new DatabaseSync(indexPath);
  index.exec('DROP INDEX trials_by_family; ALTER TABLE trials DROP COLUMN datasets');
  index.exec('ALTER TABLE trials DROP COLUMN proved; PRAGMA user_version = 1; PRAGMA journal_mode = DELETE');
  index.close();
}

describe('run', () => {
  test('ls lists, filters, sorts and limits', async () => {
    const { cwd, first, second } = await projectWithRuns();
    const ids = async (...args: string[]) => {
      const { data } = document(await gobool(['run', 'ls', '--json', ...args], { cwd }));
      return data.runs.map((run: { runId: string }) => run.runId);
    };
    expect(await ids()).toEqual([second, first]);
    expect(await ids('--where', 'trades>12')).toEqual([second]);
    expect(await ids('--where', 'trades>12 and fees=0')).toEqual([]);
    expect(await ids('--where', 'trades>12', '--where', 'trades>0')).toEqual([second]);
    expect((await gobool(['run', 'ls', '--where', 'trades>99'], { cwd })).stdout).toBe('No run meets the condition.');
    expect(await ids('--sort', '-trades')).toEqual([first, second]);
    expect(await ids('--sort', 'time')).toEqual([second, first]);
    expect(await ids('--sort', '-time')).toEqual([first, second]);
    expect(await ids('--limit', '1')).toEqual([second]);
    const { stdout } = await gobool(['run', 'ls'], { cwd });
    const [title = '', ...rows] = stdout.split('\n');
    expect(title).toMatch(/^run +time +strategy +parameters +return +sharpe +drawdown +trades$/);
    expect(rows.map(row => row.slice(0, 8))).toEqual([second, first]);
    expect(stdout.split('\n').every(line => line.length <= 80)).toBe(true);
  });

  test('show prints the report again, from the store alone', async () => {
    const { cwd, first } = await projectWithRuns();
    const printed = (await gobool(['run', 'show', first], { cwd })).stdout;
    rmSync(join(cwd, 'strategy.ts'));
    rmSync(join(cwd, 'prices.csv'));
    expect((await gobool(['run', 'show', first.slice(0, 7)], { cwd })).stdout).toBe(printed);
    expect(printed).toContain(`run         ${first}`);
    const trades = (await gobool(['run', 'show', first, '--trades'], { cwd })).stdout;
    expect(trades).toContain(printed);
    expect(trades.match(/\blong\b/g)).toHaveLength(12);
    const { data } = document(await gobool(['run', 'show', 'last', '--trades', '--json'], { cwd }));
    expect(data.tradeList).toHaveLength(20);
  });

  test('reads where nothing may be written', async () => {
    const { cwd, first, second } = await projectWithRuns();
    const readOnly = readOnlyIn(cwd);
    const { data } = await readOnly('doctor');
    expect(data.checks[4].message).toBe(`${cwd} may not be read or written.`);
    expect(await readOnly('run', 'ls')).toMatchObject({ ok: true, data: { total: 2 } });
    expect(await readOnly('run', 'show', 'last')).toMatchObject({ data: { runId: second } });
    expect(await readOnly('run', 'compare', first, second)).toMatchObject({ ok: true });
    expect(await readOnly('report', first, '--out', join(temporaryFolder(), 'r.html'))).toMatchObject({ ok: true });
    expect(await readOnly('run', 'rm', first)).toMatchObject({ error: { code: 'GB_PERMISSION' } });
  });

  test.each<[what: string, change: (indexPath: string) => void]>([
    ['is missing', indexPath => rmSync(indexPath)],
    ['was never filled', indexPath => writeFileSync(indexPath, '')],
    ['is of an earlier version', makeOlder],
  ])('reads where nothing may be written and the index %s', async (_, change) => {
    const { cwd, first, second } = await projectWithRuns();
    for (const file of ['index.sqlite-wal', 'index.sqlite-shm']) rmSync(join(cwd, '.gobool', file), { force: true });
    change(join(cwd, '.gobool/index.sqlite'));
    const readOnly = readOnlyIn(cwd);
    expect(await readOnly('run', 'ls')).toMatchObject({ ok: true, data: { total: 2 } });
    expect(await readOnly('run', 'show', 'last')).toMatchObject({ data: { runId: second } });
    expect(await readOnly('report', first, '--out', join(temporaryFolder(), 'r.html'))).toMatchObject({ ok: true });
    expect(await readOnly('run', 'rm', first)).toMatchObject({ error: { code: 'GB_PERMISSION' } });
  });

  test('show prints what backtest printed', async () => {
    const cwd = cliProject();
    const { stdout } = await gobool(RUN, { cwd });
    expect((await gobool(['run', 'show', 'last'], { cwd })).stdout).toBe(stdout);
  });

  test('compare shows what differs: metrics, profits, the first fill, all trades', async () => {
    const { cwd, first, second } = await projectWithRuns();
    const { data } = document(await gobool(['run', 'compare', first, second, '--json'], { cwd }));
    expect(data).toMatchObject({ left: first, right: second, same: false, firstDifferentFill: { index: 0 } });
    expect(data.metrics.map((metric: { name: string }) => metric.name)).toContain('trades');
    const { equal, changed, onlyLeft, onlyRight, differences } = data.trades;
    expect([equal + changed + onlyLeft, equal + changed + onlyRight]).toEqual([12, 20]);
    expect(differences).toHaveLength(changed + onlyLeft + onlyRight);
    const parts: number[] = Object.values(data.profit.parts);
    expect(parts.reduce((sum, part) => sum + part)).toBeCloseTo(data.profit.change, 6);
    expect(data.profit.parts.other).toBeCloseTo(0, 6);
  });

  test('compare shows ten trades, or all', async () => {
    const { cwd, first, second } = await projectWithRuns();
    const compare = async (...args: string[]) => (await gobool(['run', 'compare', ...args], { cwd })).stdout;
    const [some, all] = [await compare(first, second), await compare(first, second, '--all')];
    const tradesOf = (text: string) => text.match(/^ {2}[-+] .*[-+][\d,.]+$/gm)?.length;
    expect(some).toMatch(/and \d+ more; --all shows them$/);
    expect(all).not.toContain('more; --all');
    expect(tradesOf(all)).toBeGreaterThan(tradesOf(some) ?? 0);
    expect(await compare(first, first)).toContain('Same result hash');
  });

  test('rm removes runs and keeps the ledger', async () => {
    const { cwd, first, second } = await projectWithRuns();
    expect(await gobool(['run', 'rm', first, 'last'], { cwd })).toMatchObject({ exitCode: 0 });
    expect(readdirSync(join(cwd, '.gobool/runs'))).toEqual([]);
    const index = new DatabaseSync(join(cwd, '.gobool/index.sqlite'));
    expect(index.prepare('SELECT count(*) AS trials FROM trials').get()).toEqual({ trials: 2 });
    index.close();
    expect((await gobool(['run', 'show', second], { cwd })).stderr).toContain('GB_RUN_MISSING');
  });

  test('rm removes nothing where one of the runs is not known', async () => {
    const { cwd, first } = await projectWithRuns();
    expect(await gobool(['run', 'rm', first, 'zzzzzzzz'], { cwd })).toMatchObject({ exitCode: 2 });
    expect(readdirSync(join(cwd, '.gobool/runs'))).toHaveLength(2);
  });

  test('without a store nothing is made', async () => {
    const cwd = temporaryFolder();
    expect((await gobool(['run', 'ls'], { cwd })).stdout).toContain('No runs');
    expect(await gobool(['run', 'show', 'last'], { cwd })).toMatchObject({ exitCode: 2 });
    expect(readdirSync(cwd)).toEqual([]);
  });
});

describe('a store that is not as it should be', () => {
  test.each([
    ['PRAGMA user_version = 99', 'GB_STORE_NEWER', 2],
    ["UPDATE trials SET result_hash = 'other'", 'GB_NONDETERMINISTIC', 1],
    ['ALTER TABLE trials DROP COLUMN proved', 'GB_STORE_BROKEN', 7],
  ])('%s: the next run is %s', async (statement, code, exit) => {
    const cwd = cliProject();
    await gobool(RUN, { cwd });
    const index = new DatabaseSync(join(cwd, '.gobool/index.sqlite'));
    index.exec(statement);
    index.close();
    const { stderr, exitCode } = await gobool(RUN, { cwd });
    expect(stderr).toContain(code);
    expect(exitCode).toBe(exit);
    expect(readdirSync(join(cwd, '.gobool/runs'))).toHaveLength(code === 'GB_STORE_NEWER' ? 1 : 2);
  });

  test.each([
    ['index.sqlite', 'GB_STORE_BROKEN'],
    ['runs/aaaaaaaa/summary.json', 'GB_RUN_BROKEN'],
  ])('a damaged %s is %s with 7', async (file, code) => {
    const cwd = temporaryFolder({ [`.gobool/${file}`]: 'this is neither JSON nor a database' });
    mkdirSync(join(cwd, '.gobool/runs'), { recursive: true });
    const { stderr, exitCode } = await gobool(['run', 'show', 'aaaaaaaa'], { cwd });
    expect(stderr).toContain(code);
    expect(exitCode).toBe(7);
  });

  test('a locked index is GB_STORE_BUSY with 1', { timeout: 60_000 }, async () => {
    const cwd = cliProject();
    await gobool(RUN, { cwd });
    const index = new DatabaseSync(join(cwd, '.gobool/index.sqlite'));
    index.exec('BEGIN IMMEDIATE');
    const { stderr, exitCode } = await gobool(RUN, { cwd });
    index.close();
    expect(stderr).toContain('GB_STORE_BUSY');
    expect(exitCode).toBe(1);
    expect(document(await gobool(['run', 'ls', '--json'], { cwd })).data.total).toBe(2);
  });

  test('a folder that is a file is a coded error', async () => {
    const cwd = cliProject();
    writeFileSync(join(cwd, '.gobool'), '');
    const { stderr, exitCode } = await gobool(RUN, { cwd });
    expect(stderr).toContain('GB_PERMISSION');
    expect(exitCode).toBe(1);
  });
});

test('a kill at any moment loses no run, and leaves nothing half-done in the list', async () => {
  const cwd = cliProject();
  await gobool(RUN, { cwd });
  for (let delayMs = 60; delayMs <= 260; delayMs += 20) {
    const child = startGobool(RUN, { cwd });
    const timer = setTimeout(() => child.kill('SIGKILL'), delayMs);
    await child;
    clearTimeout(timer);
  }
  const { data } = document(await gobool(['run', 'ls', '--json'], { cwd }));
  expect(data.total).toBeGreaterThanOrEqual(1);
  for (const { runId } of data.runs)
    expect(await gobool(['run', 'show', runId], { cwd })).toMatchObject({ exitCode: 0 });
  expect(await gobool(RUN, { cwd })).toMatchObject({ exitCode: 0 });
});

test('pandas and its like read the files of a run', async () => {
  const { cwd, second } = await projectWithRuns();
  const tables = JSON.parse(await runPython('read_run.py', [join(cwd, '.gobool/runs', second)]));
  expect(Object.keys(tables)).toEqual(['curve', 'equity', 'fills', 'orders', 'trades']);
  expect(tables.equity.types).toEqual({ time: 'timestamp[ms, tz=UTC]', equity: 'double', benchmark: 'double' });
  expect(tables.fills).toMatchObject({
    rows: 40,
    types: { time: 'timestamp[ms, tz=UTC]', price: 'double', order: 'int32', ambiguous: 'bool' },
    first: { product: 'file.prices.local', order: 1, ambiguous: false },
  });
  expect(tables.orders.first).toMatchObject({ kind: 'target', state: 'filled', reason: 'none', parent: null });
  expect(tables.trades.first).toMatchObject({ side: 'long', open: false });
});
