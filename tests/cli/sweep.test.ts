/** `gobool sweep` as a user runs it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { document, gobool, startGobool } from '../helpers/cli.ts';
import { cliProject, pricesCsv, strategyText } from '../helpers/cli-project.ts';
import { untilRunsAreKept } from '../helpers/sweep-log.ts';

const CROSS = `import { crossesAbove, crossesBelow, defineStrategy, float, int, sma } from 'gobool';

export default defineStrategy({
  name: 'cross',
  data: 'prices.csv',
  account: { fee: '1bps' },
  params: {
    fast: int(5, { min: 2, max: 20, step: 3 }),
    slow: int(20, { min: 5, max: 60, step: 5 }),
    share: float(1, { min: 0.1, max: 1 }),
  },
  indicators: ({ close, params }) => ({ fast: sma(close, params.fast), slow: sma(close, params.slow) }),
  onBar({ ind, order, params }) {
    if (crossesAbove(ind.fast, ind.slow)) order.target(params.share);
    else if (crossesBelow(ind.fast, ind.slow)) order.target(0);
  },
});
`;
const SWEEP = ['sweep', 'strategy.ts'] as const;
const GRID = [...SWEEP, '--param', 'fast=2..8:2', '--param', 'slow=10,20,30'] as const;
const HASH = /^[0-9a-f]{64}$/;

const project = (files: Readonly<Record<string, string>> = {}) =>
  cliProject({ 'strategy.ts': CROSS, 'prices.csv': pricesCsv(400), ...files });

async function data(args: readonly string[], cwd = project()) {
  return document(await gobool([...args, '--json'], { cwd })).data;
}

describe('a grid', () => {
  test('prints the best sets, a map, what is around the best, and the command that runs it alone', async () => {
    const cwd = project();
    const { stdout, stderr, exitCode } = await gobool([...GRID, '--top', '4', '--slippage', '1bps'], { cwd });
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    expect(stdout).toContain('Sweep of cross on prices.csv');
    expect(stdout).toContain('12 sets: fast 2,4,6,8, slow 10,20,30, share=1');
    expect(stdout.match(/^ +\d +\d .*[0-9a-f]{8}$/gm)).toHaveLength(4);
    expect(stdout).toContain('Sharpe by fast (across) and slow (up)');
    expect(stdout).toMatch(/^ +30 │.*[░▒▓█]/m);
    expect(stdout).toContain('12 runs added to the ledger of trials');
    const [, command = ''] = /next +gobool (.+)/.exec(stdout) ?? [];
    const [, hash] = /hash +([0-9a-f]{64})/.exec(stdout) ?? [];
    const alone = await gobool([...command.split(' '), '--json'], { cwd });
    expect(document(alone).data.resultHash).toBe(hash);
  });

  test('rows of the data that were skipped are told, also by the report of a sweep that is kept', async () => {
    const cwd = project({ 'prices.csv': `${pricesCsv(400)}2030-01-01,1,2,3,x,5\n` });
    const { warnings, data: swept } = document(await gobool([...GRID, '--json'], { cwd }));
    expect(warnings[0]).toEqual({ code: 'bad-rows', message: expect.stringContaining('1 row was skipped') });
    await gobool(['report', swept.sweepId, '--out', 'sweep.html'], { cwd });
    expect(readFileSync(join(cwd, 'sweep.html'), 'utf8')).toContain('1 row was skipped in prices.csv');
  });

  test('--json has every run, best first', async () => {
    const { runs, best, ...rest } = await data(GRID);
    const sharpes = runs.map((run: { metrics: { sharpe: number } }) => run.metrics.sharpe);
    expect(sharpes).toEqual(sharpes.toSorted((a: number, b: number) => b - a));
    expect(runs).toHaveLength(12);
    expect(best).toEqual(runs[0]);
    expect(runs[0]).toMatchObject({ rank: 1, resultHash: expect.stringMatching(HASH), state: 'completed' });
    expect(rest).toMatchObject({
      kind: 'grid',
      axes: [
        { name: 'fast', values: [2, 4, 6, 8] },
        { name: 'slow', values: [10, 20, 30] },
      ],
      fixed: { share: 1 },
      objective: { metric: 'sharpe', direction: 'maximize' },
      stability: { neighbours: 'steps', plateau: { level: expect.any(Number) } },
    });
  });

  test('gives the same ranking and hashes on one thread, on three, and without any', async () => {
    const hashes = async (...flags: string[]) =>
      (await data([...GRID, ...flags])).runs.map((run: { resultHash: string }) => run.resultHash);
    const one = await hashes('--workers', '1');
    expect(await hashes('--workers', '3')).toEqual(one);
    expect(await hashes('--executor', 'inline')).toEqual(one);
  });

  test('--where, --set and --objective', async () => {
    const flags = ['--set', 'share=0.5', '--where', 'fast<slow', '--where', 'slow!=20', '--objective', 'maxDrawdown'];
    const { runs, fixed, objective } = await data([...GRID, ...flags]);
    expect(runs).toHaveLength(8);
    expect(fixed).toEqual({ share: 0.5 });
    expect(objective).toEqual({ metric: 'maxDrawdown', direction: 'minimize' });
    expect(runs[0].metrics.maxDrawdown).toBeLessThanOrEqual(runs.at(-1).metrics.maxDrawdown);
  });

  test('an objective of trading, and one that is minimised on request', async () => {
    const { runs } = await data([...GRID, '--objective', 'expectancy', '--minimize']);
    expect(runs[0].metrics.expectancy).toBeLessThan(runs.at(-1).metrics.expectancy);
  });

  test('without --param, the ranges that the strategy declares', async () => {
    const { axes, fixed } = await data(SWEEP);
    expect(axes.map(({ name, values }: { name: string; values: number[] }) => [name, values.length])).toEqual([
      ['fast', 7],
      ['slow', 12],
    ]);
    expect(fixed).toEqual({ share: 1 });
  });
});

describe('a draw', () => {
  test('is the same for the same seed, and another one for another', async () => {
    const draw = async (seed: string) => {
      const { runs, kind } = await data([
        ...SWEEP,
        '--param',
        'fast',
        '--param',
        'share',
        '--random',
        '9',
        '--seed',
        seed,
      ]);
      expect(kind).toBe('random');
      return runs.map(({ params }: { params: object }) => JSON.stringify(params)).toSorted();
    };
    const first = await draw('1');
    expect(new Set(first).size).toBe(9);
    expect(await draw('1')).toEqual(first);
    expect(await draw('2')).not.toEqual(first);
  });
});

describe('the terminal', () => {
  test('80 columns are enough, and a pipe gets no colours', async () => {
    const { stdout } = await gobool([...GRID, '--no-color'], { cwd: project(), env: { FORCE_COLOR: '3' } });
    expect(stdout).not.toContain('\u001b');
    const rows = stdout.split('\n').filter(line => line.includes('│'));
    expect(rows).toHaveLength(3);
    for (const row of rows) expect(row.length).toBeLessThanOrEqual(80);
  });

  test('the map has colours where there are some', async () => {
    const { stdout } = await gobool(GRID, { cwd: project(), env: { FORCE_COLOR: '3' } });
    expect(stdout).toContain('\u001b[48;2;253;231;37;38;5;16m');
  });

  test('one parameter is drawn as bars', async () => {
    const { stdout } = await gobool([...SWEEP, '--param', 'fast'], { cwd: project() });
    expect(stdout).toMatch(/^ +14 │▇+ /m);
  });
});

describe('what it leaves', () => {
  test('a report in one file', async () => {
    const cwd = project();
    const { stdout } = await gobool([...GRID, '--report', 'sweep.html'], { cwd });
    expect(stdout).toContain(`report      ${join(cwd, 'sweep.html')}`);
    expect(readFileSync(join(cwd, 'sweep.html'), 'utf8')).toContain('<!doctype html>');
  });

  test('nothing with --no-store', async () => {
    const cwd = project();
    const { stdout } = await gobool([...GRID, '--no-store'], { cwd });
    expect(stdout).toContain('12 runs that the ledger of trials does not know');
    expect(stdout).not.toMatch(/^ {2}sweep /m);
    expect(existsSync(join(cwd, '.gobool'))).toBe(false);
  });

  test('what is done is not done again, unless --fresh says so', async () => {
    const cwd = project();
    const [first, second, third] = [
      await data(GRID, cwd),
      await data(GRID, cwd),
      await data([...GRID, '--fresh'], cwd),
    ];
    expect([first.resumed, second.resumed, third.resumed]).toEqual([0, 12, 0]);
    expect(second.runs).toEqual(first.runs);
    expect(third.runs).toEqual(first.runs);
  });
});

describe('--fail-if', () => {
  test('is about the best set', async () => {
    const cwd = project();
    const failed = await gobool([...GRID, '--json', '--fail-if', 'sharpe<100 and fills>0'], { cwd });
    expect(failed.exitCode).toBe(6);
    expect(document(failed).data.gates).toEqual([
      {
        condition: 'sharpe < 100 and fills > 0',
        failed: true,
        values: { sharpe: expect.any(Number), fills: expect.any(Number) },
      },
    ]);
    const { stdout, exitCode } = await gobool([...GRID, '--fail-if', 'sharpe>100'], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('gate passed  sharpe > 100');
  });
});

describe('Ctrl-C', () => {
  test('answers at once, keeps what is done, and the same command goes on from there', async () => {
    const cwd = project({ 'prices.csv': pricesCsv(8000) });
    const args = [...SWEEP, '--param', 'fast=2..20:1', '--param', 'slow=5..60:1', '--workers', '1'];
    const running = startGobool(args, { cwd });
    await untilRunsAreKept(cwd);
    running.kill('SIGINT');
    const { exitCode, stderr } = await running;
    expect(exitCode).toBe(130);
    expect(stderr).toMatch(/Stopping.*\n[\d,]+ of 1,064 runs are kept: the same command goes on from there\./);
    const { resumed, runs } = await data(args, cwd);
    expect(resumed).toBeGreaterThan(0);
    expect(runs).toHaveLength(1064);
  });
});

describe('bad input', () => {
  test.each<[string, readonly string[], string, number, RegExp]>([
    ['a misspelt parameter', ['--param', 'fsat=2,3'], 'GB_PARAM_UNKNOWN', 2, /Did you mean "fast"/],
    ['a value out of bounds', ['--param', 'fast=1..5'], 'GB_PARAM_RANGE', 2, /from 2 to 20, not 1/],
    ['a float without a step', ['--param', 'share'], 'GB_SWEEP_RANGE', 2, /share=0\.1\.\.1:step/],
    ['an empty space', ['--where', 'fast>slow and slow>60'], 'GB_SWEEP_EMPTY', 2, /84 sets/],
    ['a misspelt condition', ['--where', 'fsat<3'], 'GB_CONDITION', 2, /fsat/],
    [
      'too many sets',
      ['--param', 'fast', '--param', 'slow', '--param', 'share=0.1..1:0.00001'],
      'GB_SWEEP_SIZE',
      2,
      /--random/,
    ],
    ['luck as the objective', ['--objective', 'deflatedSharpe'], 'GB_SWEEP_OBJECTIVE', 2, /only after all runs/],
    ['a misspelt objective', ['--objective', 'sharp'], 'GB_SWEEP_OBJECTIVE', 2, /Did you mean "sharpe"/],
    ['a gate on what a sweep does not keep', ['--fail-if', 'bars<5'], 'GB_CONDITION', 2, /bars/],
    ['no sets to draw', ['--random', '0'], 'GB_USAGE', 2, /--random: must be above 0/],
    ['half a thread', ['--workers', '1.5'], 'GB_USAGE', 2, /--workers: expected a whole number/],
  ])('%s', async (_name, flags, code, exit, says) => {
    const { exitCode, stderr } = await gobool([...SWEEP, ...flags], { cwd: project() });
    expect(exitCode).toBe(exit);
    expect(stderr).toContain(code);
    expect(stderr).toMatch(says);
  });

  test('a strategy that throws with one of the sets', async () => {
    const throws = strategyText(
      "\n  data: 'prices.csv',\n  params: { at: int(3, { min: 1, max: 5 }) },\n  onBar({ bar, params }) {\n    if (params.at === 4 && bar.index === 7) throw new Error('enough');\n  },",
    );
    const { exitCode, stderr } = await gobool([...SWEEP], { cwd: project({ 'strategy.ts': throws }) });
    expect(exitCode).toBe(3);
    expect(stderr).toContain('GB_STRATEGY_THREW');
    expect(stderr).toContain('enough');
  });
});
