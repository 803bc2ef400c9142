/** What a sweep survives, and what it refuses to tell. */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { document, gobool, startGobool } from '../helpers/cli.ts';
import { cliProject, pricesCsv } from '../helpers/cli-project.ts';
import { keptRuns, sweepLog, untilRunsAreKept } from '../helpers/sweep-log.ts';

const CROSS = `import { defineStrategy, int, sig, sma } from 'gobool';
export default defineStrategy({
  name: 'cross',
  data: 'prices.csv',
  params: { fast: int(5, { min: 2, max: 60 }), slow: int(20, { min: 5, max: 600 }) },
  indicators: ({ close, params }) => ({ fast: sma(close, params.fast), slow: sma(close, params.slow) }),
  signals: ({ ind }) => ({ enter: sig.crossesAbove(ind.fast, ind.slow), exit: sig.crossesBelow(ind.fast, ind.slow) }),
});
`;

/** Counts in a variable of its file, which the runs of a sweep share. */
const FORGETFUL = `import { defineStrategy, int } from 'gobool';
let bars = 0;
export default defineStrategy({
  name: 'forgetful',
  data: 'prices.csv',
  params: { every: int(3) },
  onBar({ params, order }) {
    order.target(bars++ % (10 * params.every) < 5 * params.every ? 1 : 0);
  },
});
`;

/** Only set 3 looks at what the others left behind; it trades, and loses by its costs, where it does not run alone. */
const SHY = `import { defineStrategy, int } from 'gobool';
let bars = 0;
export default defineStrategy({
  name: 'shy',
  data: 'prices.csv',
  account: { fee: '1%' },
  params: { set: int(1) },
  onBar({ params, order }) {
    bars++;
    order.target(params.set === 3 ? Number(bars > 410) * (bars % 2) : params.set / 1000);
  },
});
`;

const GRID = ['--param', 'fast=2..20', '--param', 'slow=25..124'] as const;
const RUNS = 19 * 100;

describe('kill -9', () => {
  test('loses no run that was done; the same command goes on and gives what an undisturbed sweep gives', async () => {
    const files = { 'strategy.ts': CROSS, 'prices.csv': pricesCsv(20_000) };
    const [cwd, undisturbed] = [cliProject(files), cliProject(files)];
    const sweep = ['sweep', 'strategy.ts', ...GRID, '--json'];
    const running = startGobool(sweep, { cwd });
    await untilRunsAreKept(cwd);
    running.kill('SIGKILL');
    await running;
    const kept = keptRuns(cwd);
    expect(kept).toBeLessThan(RUNS);
    appendFileSync(sweepLog(cwd), '{"index":7,"par');
    const resumed = document(await gobool(sweep, { cwd })).data;
    expect(resumed).toMatchObject({ resumed: kept });
    const alone = await gobool([...sweep, '--workers', '1'], { cwd: undisturbed });
    expect(alone).toMatchObject({ exitCode: 0 });
    const whole = document(alone).data;
    expect(resumed.runs).toEqual(whole.runs);
    expect(resumed.runs).toHaveLength(RUNS);
  });

  test('every run is a trial of the ledger, once', async () => {
    const cwd = cliProject({ 'strategy.ts': CROSS, 'prices.csv': pricesCsv(400) });
    const sweep = ['sweep', 'strategy.ts', '--param', 'fast=2..6', '--param', 'slow=20,30', '--json'];
    const { runs } = document(await gobool(sweep, { cwd })).data;
    await gobool([...sweep, '--fresh'], { cwd });
    const alone = document(await gobool(['backtest', 'strategy.ts', '--json'], { cwd })).data;
    const distinct = new Set([alone, ...runs].map((run: { resultHash: string }) => run.resultHash));
    expect(alone.metrics.deflatedSharpe.detail.trials).toBe(distinct.size);
  });
});

test('a sweep that --fresh began goes on without it, as Ctrl-C says', async () => {
  const cwd = cliProject({ 'strategy.ts': CROSS, 'prices.csv': pricesCsv(20_000) });
  const running = startGobool(['sweep', 'strategy.ts', ...GRID, '--fresh'], { cwd });
  await untilRunsAreKept(cwd);
  running.kill('SIGINT');
  expect((await running).stderr).toContain('are kept: the same command, without --fresh, goes on from there.');
});

test('Ctrl-C ends a sweep on the own thread between two slices, and keeps what is done', async () => {
  const cwd = cliProject({ 'strategy.ts': CROSS, 'prices.csv': pricesCsv(20_000) });
  const running = startGobool(['sweep', 'strategy.ts', ...GRID, '--executor', 'inline'], { cwd });
  await untilRunsAreKept(cwd);
  running.kill('SIGINT');
  const { exitCode, stderr } = await running;
  expect(exitCode).toBe(130);
  expect(stderr).toContain('are kept: the same command goes on from there.');
  expect(keptRuns(cwd)).toBeLessThan(RUNS);
});

test('an interrupted sweep convicts no backtest: it is not proved yet', async () => {
  const cwd = cliProject({ 'strategy.ts': FORGETFUL, 'prices.csv': pricesCsv(20_000) });
  const running = startGobool(['sweep', 'strategy.ts', '--param', 'every=1..2000', '--workers', '1'], { cwd });
  await untilRunsAreKept(cwd);
  running.kill('SIGKILL');
  await running;
  const last = JSON.parse(readFileSync(sweepLog(cwd), 'utf8').trim().split('\n').at(-1) ?? '');
  const alone = ['backtest', 'strategy.ts', '--set', `every=${last.params.every}`, '--json'];
  const { ok, data } = document(await gobool(alone, { cwd }));
  expect(ok).toBe(true);
  expect(data.resultHash).not.toBe(last.resultHash);
});

test('of a set that does not end the parameters are told', async () => {
  const stuck = CROSS.replace(/signals: .*\n/, 'onBar({ params }) { while (params.fast === 4); },\n');
  const cwd = cliProject({ 'strategy.ts': stuck, 'prices.csv': pricesCsv(100) });
  const args = ['--param', 'fast=2..6', '--workers', '1', '--json'];
  const env = { GOBOOL_BAR_TIMEOUT_MS: '1000' };
  const { error } = document(await gobool(['sweep', 'strategy.ts', ...args], { cwd, env }));
  expect(error).toMatchObject({
    code: 'GB_STRATEGY_TIMEOUT',
    where: { bar: { index: 19, values: { close: expect.any(Number), 'params.fast': 4, 'params.slow': 20 } } },
  });
});

test('complete sweeps are listed, newest first; what a report takes', async () => {
  const cwd = cliProject({ 'strategy.ts': CROSS, 'prices.csv': pricesCsv(400) });
  const list = async (...args: string[]) =>
    document(await gobool(['run', 'ls', '--sweeps', ...args, '--json'], { cwd }));
  expect(await list()).toMatchObject({ data: { total: 0, sweeps: [] } });
  const sweep = async (fast: string) =>
    document(await gobool(['sweep', 'strategy.ts', '--param', `fast=${fast}`, '--json'], { cwd })).data.sweepId;
  const [older, newer] = [await sweep('2..4'), await sweep('5,6')];
  const { total, sweeps } = (await list()).data;
  expect(total).toBe(2);
  expect(sweeps).toMatchObject([
    { sweepId: newer, strategy: 'cross', sets: 2, datasets: ['prices.csv'], objective: { metric: 'sharpe' } },
    { sweepId: older, sets: 3, axes: [{ name: 'fast', values: [2, 3, 4] }] },
  ]);
  expect((await list('--limit', '1')).data.sweeps).toHaveLength(1);
  const { stdout } = await gobool(['run', 'ls', '--sweeps'], { cwd });
  expect(stdout).toMatch(new RegExp(`${newer} .* cross +fast=5\\.\\.6 +2 +sharpe`));
  expect(await list('--where', 'sharpe>1')).toMatchObject({ error: { code: 'GB_USAGE' } });
  const path = join(cwd, '.gobool/sweeps', newer, 'sweep.json');
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), strategy: 'cross'.repeat(20) }));
  const lines = (await gobool(['run', 'ls', '--sweeps'], { cwd })).stdout.split('\n');
  expect(Math.max(...lines.map(line => line.length))).toBe(100);
});

describe('refuses', () => {
  test('a strategy whose runs change each other', async () => {
    const cwd = cliProject({ 'strategy.ts': FORGETFUL, 'prices.csv': pricesCsv(407) });
    const args = ['sweep', 'strategy.ts', '--param', 'every=1..4', '--workers', '1'];
    // Also the second time: what was not proved is not kept.
    for (const _time of ['first', 'second']) {
      const { exitCode, stderr } = await gobool(args, { cwd });
      expect(exitCode).toBe(3);
      expect(stderr).toContain('GB_SWEEP_STATE');
      expect(stderr).toMatch(/With every=\d the sweep gave [0-9a-f]{12}, the run alone [0-9a-f]{12}\./);
    }
  });

  test('it also under another objective, whose best set was not proved before', async () => {
    const cwd = cliProject({ 'strategy.ts': SHY, 'prices.csv': pricesCsv(407) });
    const args = ['sweep', 'strategy.ts', '--param', 'set=1..6', '--workers', '1'];
    expect((await gobool([...args, '--objective', 'volatility'], { cwd })).exitCode).toBe(0);
    const { exitCode, stderr } = await gobool([...args, '--objective', 'sharpe', '--minimize'], { cwd });
    expect(stderr).toContain('GB_SWEEP_STATE With set=3 the sweep gave');
    expect(exitCode).toBe(3);
  });

  test('to count what it refused: each set can still be run alone, as the first trial', async () => {
    const cwd = cliProject({ 'strategy.ts': FORGETFUL, 'prices.csv': pricesCsv(407) });
    const { exitCode } = await gobool(['sweep', 'strategy.ts', '--param', 'every=1..4', '--workers', '1'], { cwd });
    expect(exitCode).toBe(3);
    const alone = document(await gobool(['backtest', 'strategy.ts', '--set', 'every=4', '--json'], { cwd }));
    expect(alone).toMatchObject({ ok: true, data: { metrics: { deflatedSharpe: { detail: { trials: 1 } } } } });
  });

  test('the report of a sweep that is not there, or not complete', async () => {
    const cwd = cliProject({ 'strategy.ts': CROSS, 'prices.csv': pricesCsv(400) });
    const { sweepId } = document(await gobool(['sweep', 'strategy.ts', ...GRID, '--json'], { cwd })).data;
    const report = (id: string) => gobool(['report', id, '--json'], { cwd });
    expect((await report(sweepId.slice(0, 6))).exitCode).toBe(0);
    expect(document(await report('s-000000000000'))).toMatchObject({ error: { code: 'GB_SWEEP_MISSING' } });
    const log = readFileSync(sweepLog(cwd), 'utf8');
    const runs = log.trim().split('\n').filter(Boolean);
    writeFileSync(sweepLog(cwd), runs.slice(0, 100).join('\n'));
    const { error } = document(await report(sweepId));
    expect(error).toMatchObject({ code: 'GB_SWEEP_MISSING', message: expect.stringContaining(', 100 are left') });
    writeFileSync(sweepLog(cwd), '');
    expect(document(await report(sweepId))).toMatchObject({ error: { code: 'GB_SWEEP_MISSING' } });
    writeFileSync(sweepLog(cwd), `${log}\n5\n{"index":3}\n{"index":3,"metrics":null}\n{"index":3,"metrics":{}}\n`);
    expect((await report(sweepId)).exitCode).toBe(0);
    const facts = readFileSync(join(cwd, '.gobool/sweeps', sweepId, 'sweep.json'), 'utf8');
    const without = (word: string) => facts.replaceAll(`"${word}"`, '"other"');
    for (const broken of ['{', '{}', '{"v":1,"datasets":[]}', without('values'), without('dataset')]) {
      writeFileSync(join(cwd, '.gobool/sweeps', sweepId, 'sweep.json'), broken);
      expect(document(await report(sweepId))).toMatchObject({ ok: false, error: { code: 'GB_SWEEP_MISSING' } });
      expect(document(await gobool(['run', 'ls', '--sweeps', '--json'], { cwd })).data.total).toBe(0);
    }
  });
});
