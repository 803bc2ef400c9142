import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { document, gobool, PROGRAM, startGobool } from '../helpers/cli.ts';
import { ALTERNATING, cliProject, pricesCsv, RUN, strategyText } from '../helpers/cli-project.ts';
import { goboolWithFileLimit } from '../helpers/file-limit.ts';

const HASH = /^[0-9a-f]{64}$/;

describe('a backtest', () => {
  test('prints the result and keeps it', async () => {
    const cwd = cliProject();
    const { stdout, stderr, exitCode } = await gobool(RUN, { cwd });
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('test on prices.csv');
    expect(stdout).toContain('total return');
    expect(stdout).toContain('NO COSTS');
    const runId = /run +(\w{8})\n/.exec(stdout)?.[1] ?? '';
    expect(readdirSync(join(cwd, '.gobool/runs'))).toEqual([runId]);
  });

  test('--json prints one document with everything', async () => {
    const result = await gobool([...RUN, '--json'], { cwd: cliProject() });
    const { data, ...rest } = document(result);
    expect(rest).toMatchObject({ v: 1, type: 'backtest', ok: true });
    expect(data).toMatchObject({ runId: expect.stringMatching(/^\w{8}$/), runKey: expect.stringMatching(HASH) });
    expect(data.resultHash).toMatch(HASH);
    expect(data.metrics.sharpe).toMatchObject({ value: expect.any(Number), unit: 'number', n: expect.any(Number) });
    expect(data.fills).toBe(24);
  });

  test('gives the same hash again, in every executor and another folder', async () => {
    const [cwd, other] = [cliProject(), cliProject()];
    const results = [
      await gobool([...RUN, '--json'], { cwd }),
      await gobool([...RUN, '--json'], { cwd }),
      await gobool([...RUN, '--json', '--executor', 'inline'], { cwd }),
      await gobool([...RUN, '--json'], { cwd: other }),
    ];
    const hashes = results.map(result => [document(result).data.runKey, document(result).data.resultHash].join());
    expect(new Set(hashes).size).toBe(1);
  });

  test('obeys flags before variables before the configuration before the strategy', async () => {
    const strategy = ALTERNATING.replace(
      "name: 'test',",
      "name: 'test', account: { cash: 1, leverage: 2, fee: '1bps' },",
    );
    const cwd = cliProject({
      'strategy.ts': strategy,
      'gobool.config.ts': "export default { cash: 2, leverage: 3, fee: '2bps', slippage: '1bps' };",
    });
    const result = await gobool([...RUN, '--json', '--fee', '5bps'], { cwd, env: { GOBOOL_LEVERAGE: '4' } });
    expect(document(result).data.options).toMatchObject({
      cash: 2,
      leverage: 4,
      fee: { kind: 'rate', rate: 0.0005 },
      slippage: { kind: 'rate', rate: 0.0001 },
    });
  });

  test('cuts the data to --from and --to', async () => {
    const result = await gobool([...RUN, '--json', '--from', '2020-01-11', '--to', '2020-02-10'], {
      cwd: cliProject(),
    });
    expect(document(result).data.bars).toBe(30);
  });

  test('a range that ends before it begins is not blamed on the data', async () => {
    const args = [...RUN, '--from', '2020-02-10', '--to', '2020-01-11'];
    const { stderr, exitCode } = await gobool(args, { cwd: cliProject() });
    expect(exitCode).toBe(7);
    expect(stderr).toContain('GB_DATA_EMPTY The range asked for, 2020-02-10T00:00Z to 2020-01-11T00:00Z, has no time');
    expect(stderr).toContain('--from be before --to');
  });

  test('--no-store leaves no trace', async () => {
    const cwd = cliProject();
    const { stdout, stderr, exitCode } = await gobool([...RUN, '--no-store'], { cwd });
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    expect(stdout).toMatch(/^ {2}hash /m);
    expect(stdout, 'no run can be shown again').not.toMatch(/^ {2}run /m);
    expect(existsSync(join(cwd, '.gobool'))).toBe(false);
  });

  test('--ndjson streams chunks, progress and the result of one run', async () => {
    const { stdout } = await gobool([...RUN, '--ndjson'], { cwd: cliProject() });
    const events = stdout.split('\n').map(line => JSON.parse(line));
    expect(events.map(event => event.seq)).toEqual(events.map((_, index) => index));
    expect(new Set(events.map(event => event.runId)).size).toBe(1);
    const [chunk] = events.filter(event => event.type === 'chunk');
    expect(chunk.data).toMatchObject({ seq: 0, fromStep: 0, toStep: 120 });
    expect(chunk.data.fills).toHaveLength(24);
    expect(events.at(-1)).toMatchObject({ v: 1, type: 'backtest', data: { ok: true, data: { bars: 120 } } });
  });
});

const GATE_WARNING = {
  code: 'GB_GATE_FAILED',
  message: 'trades < 1000 and fills > 1: trades is 12, fills is 24',
};

describe('--fail-if', () => {
  test('exits with 6 where a gate fails, and keeps the result', async () => {
    const cwd = cliProject();
    const result = await gobool([...RUN, '--json', '--fail-if', 'trades<1000 and fills>1', '--fail-if', 'fills<1'], {
      cwd,
    });
    expect(result.exitCode).toBe(6);
    expect(document(result)).toMatchObject({ ok: true, warnings: expect.arrayContaining([GATE_WARNING]) });
    expect(document(result).data.gates).toEqual([
      { condition: 'trades < 1000 and fills > 1', failed: true, values: { trades: 12, fills: 24 } },
      { condition: 'fills < 1', failed: false, values: { fills: 24 } },
    ]);
  });

  test('a metric that is not defined fails its gate', async () => {
    const cwd = cliProject({ 'strategy.ts': strategyText('\n  onBar() {},') });
    const { stdout, exitCode } = await gobool([...RUN, '--fail-if', 'winRate>2'], { cwd });
    expect(exitCode).toBe(6);
    expect(stdout).toContain('GB_GATE_FAILED  winRate > 2: winRate is not defined');
  });

  test('exits with 0 where all gates pass', async () => {
    expect((await gobool([...RUN, '--fail-if', 'fills<1'], { cwd: cliProject() })).exitCode).toBe(0);
  });
});

const forever = strategyText('\n  onBar({ bar }) {\n    if (bar.index === 7) for (;;);\n  },');
const throws = strategyText("\n  onBar({ bar }) {\n    if (bar.index === 7) throw new Error('enough');\n  },");
const future = strategyText('\n  onBar({ bar }) {\n    bar.close.at(-1);\n  },');
const promises = strategyText('\n  async onBar() {},');
const hoards = strategyText(
  '\n  state: () => [] as Float64Array[],\n  onBar({ state }) {\n    for (;;) state.push(new Float64Array(1e6));\n  },',
);

describe('bad input', () => {
  test.each<
    [string, { files?: Record<string, string>; args: readonly string[]; code: string; exit: number; says?: RegExp }]
  >([
    ['no strategy file', { args: ['backtest', 'nowhere.ts'], code: 'GB_STRATEGY_MISSING', exit: 2 }],
    ['no data file', { args: [...RUN.slice(0, 3), 'nowhere.csv'], code: 'GB_DATA_MISSING', exit: 7 }],
    [
      'no dataset',
      { args: [...RUN.slice(0, 3), 'stock.SPX.usa@1d'], code: 'GB_DATA_MISSING', exit: 7, says: /stock\.SPY\.usa@1d/ },
    ],
    [
      'a symbol in the place of a dataset',
      { args: [...RUN.slice(0, 3), 'spy'], code: 'GB_DATA_MISSING', exit: 7, says: /stock\.SPY\.usa@1d/ },
    ],
    ['no data at all', { args: ['backtest', 'strategy.ts'], code: 'GB_DATA_FEED', exit: 2, says: /--data/ }],
    [
      'a feed that is not there',
      { args: [...RUN.slice(0, 3), 'mian=prices.csv'], code: 'GB_DATA_FEED', exit: 2, says: /"main"/ },
    ],
    ['an empty file', { files: { 'prices.csv': '' }, args: RUN, code: 'GB_DATA_EMPTY', exit: 7 }],
    [
      'nothing in the range',
      { args: [...RUN, '--from', '2030-01-01'], code: 'GB_DATA_EMPTY', exit: 7, says: /2020-01-01/ },
    ],
    [
      'not TypeScript',
      {
        files: { 'strategy.ts': 'export default {' },
        args: RUN,
        code: 'GB_STRATEGY_COMPILE',
        exit: 3,
        says: /strategy\.ts:1/,
      },
    ],
    [
      'a name that gobool does not have',
      {
        files: { 'strategy.ts': "import { smaa } from 'gobool';\nexport default smaa;" },
        args: RUN,
        code: 'GB_STRATEGY_COMPILE',
        exit: 3,
        says: /Did you mean "sma"/,
      },
    ],
    [
      'no strategy in it',
      { files: { 'strategy.ts': 'export default 5;' }, args: RUN, code: 'GB_STRATEGY_SHAPE', exit: 3 },
    ],
    [
      'a built-in',
      {
        files: { 'strategy.ts': "import 'node:fs';\nexport default 1;" },
        args: RUN,
        code: 'GB_STRATEGY_FORBIDDEN',
        exit: 3,
      },
    ],
    [
      'a throw',
      { files: { 'strategy.ts': throws }, args: RUN, code: 'GB_STRATEGY_THREW', exit: 3, says: /> 6 \|.*enough/ },
    ],
    [
      'the future',
      { files: { 'strategy.ts': future }, args: RUN, code: 'GB_STRATEGY_FUTURE', exit: 3, says: /at\(-1\)/ },
    ],
    ['a promise', { files: { 'strategy.ts': promises }, args: RUN, code: 'GB_STRATEGY_ASYNC', exit: 3 }],
    ['no end', { files: { 'strategy.ts': forever }, args: RUN, code: 'GB_STRATEGY_TIMEOUT', exit: 3, says: /bar 7 / }],
    ['no limit', { files: { 'strategy.ts': hoards }, args: RUN, code: 'GB_STRATEGY_MEMORY', exit: 3 }],
    ['an unknown parameter', { args: [...RUN, '--set', 'evry=3'], code: 'GB_PARAM_UNKNOWN', exit: 2, says: /"every"/ }],
    [
      'a parameter out of range',
      { args: [...RUN, '--set', 'every=99'], code: 'GB_PARAM_RANGE', exit: 2, says: /from 1 to 50/ },
    ],
    ['a parameter without value', { args: [...RUN, '--set', 'every'], code: 'GB_USAGE', exit: 2 }],
    [
      'a condition on nothing',
      { args: [...RUN, '--fail-if', 'sharp<1'], code: 'GB_CONDITION', exit: 2, says: /"sharpe"/ },
    ],
    [
      'wrong values',
      { args: [...RUN, '--cash', '-1', '--fee', 'much'], code: 'GB_USAGE', exit: 2, says: /--cash.*\n.*--fee/ },
    ],
  ])('%s', async (_name, { files = {}, args, code, exit, says = /./ }) => {
    const cwd = cliProject(files);
    const env = { GOBOOL_BAR_TIMEOUT_MS: '400', GOBOOL_MEMORY_MB: '200' };
    const { stdout, stderr, exitCode } = await gobool(args, { cwd, env });
    expect(stderr).toContain(code);
    expect(stderr).toMatch(says);
    expect(stderr).toMatch(/\nHint \S/);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: exit });
    expect(existsSync(join(cwd, '.gobool/runs')) ? readdirSync(join(cwd, '.gobool/runs')) : []).toEqual([]);
  });

  test('a broken row is skipped and named', async () => {
    const result = await gobool([...RUN, '--json'], { cwd: cliProject({ 'prices.csv': `${pricesCsv(50)}oops\n` }) });
    expect(document(result).data.bars).toBe(50);
    expect(document(result).warnings).toContainEqual({ code: 'bad-rows', message: expect.stringContaining('line 52') });
  });

  test('of several faults the one to repair first is shown', async () => {
    const cwd = cliProject({ 'strategy.ts': 'export default {' });
    expect(await gobool([...RUN.slice(0, 3), 'nowhere.csv'], { cwd })).toMatchObject({ exitCode: 7 });
  });

  test('feeds in different currencies', async () => {
    const strategy = strategyText("\n  data: { a: 'stock.SPY.usa@1d', b: 'crypto.BTCEUR.global@1d' },\n  onBar() {},");
    const cwd = cliProject({ 'strategy.ts': strategy, 'eur.csv': pricesCsv(20) });
    await gobool(['data', 'import', 'eur.csv', '--product', 'crypto.BTCEUR.global'], { cwd });
    const { stderr, exitCode } = await gobool(['backtest', 'strategy.ts'], { cwd });
    expect(stderr).toContain('GB_STRATEGY_CURRENCY');
    expect(exitCode).toBe(3);
  });
});

describe('the machine', () => {
  test('Ctrl-C ends a run at once with 130, and keeps nothing of it', async () => {
    const cwd = cliProject({ 'strategy.ts': forever });
    const child = startGobool([...RUN, '--ndjson'], { cwd });
    const interrupt = setTimeout(() => child.kill('SIGINT'), 1500);
    const { exitCode } = await child;
    clearTimeout(interrupt);
    expect(exitCode).toBe(130);
    expect(readdirSync(join(cwd, '.gobool/runs'))).toEqual([]);
  });

  test('runs at once in one project all end up in the list', async () => {
    const cwd = cliProject();
    const runs = await Promise.all(
      Array.from({ length: 4 }, (_, i) => gobool([...RUN, '--set', `every=${i + 2}`], { cwd })),
    );
    expect(runs.map(run => [run.exitCode, run.stderr])).toEqual(runs.map(() => [0, '']));
    const list = document(await gobool(['run', 'ls', '--json'], { cwd }));
    expect(list.data.runs.map((run: { params: { every: number } }) => run.params.every).sort()).toEqual([2, 3, 4, 5]);
  });

  test('a reader who leaves while the strategy prints holds nothing up', async () => {
    const cwd = cliProject({ 'strategy.ts': strategyText("onBar() { console.log('x'.repeat(10_000)); },") });
    const command = 'set -o pipefail; timeout --signal KILL 20 "$0" "$@" 2>&1 | head -c 1';
    const args = ['-c', command, process.execPath, PROGRAM, ...RUN, '--no-store'];
    expect(await execa('bash', args, { cwd, reject: false })).toMatchObject({ stdout: 'x', exitCode: 0 });
  });

  test('a folder that may not be written is said before the run, and --no-store does without', async () => {
    const cwd = cliProject();
    const args = ['backtest', join(cwd, 'strategy.ts'), '--data', join(cwd, 'prices.csv')];
    const { stdout, stderr, exitCode } = await gobool(args, { cwd: '/sys' });
    expect(stderr).toMatch(/GB_PERMISSION.*\nHint .*--no-store/);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 });
    expect(await gobool([...args, '--no-store'], { cwd: '/sys' })).toMatchObject({ exitCode: 0 });
  });

  test.each([
    [1, ''],
    [8, ''],
    [40, 'total return'],
  ])('a disk that is full after %i kB costs the run and nothing else', async (kilobytes, shown) => {
    const cwd = cliProject({ 'prices.csv': pricesCsv(3000) });
    await gobool(RUN, { cwd });
    const before = readdirSync(join(cwd, '.gobool/runs'));
    const { stdout, stderr, exitCode } = await goboolWithFileLimit(kilobytes, RUN, cwd);
    expect(stderr).toContain('GB_DISK_FULL');
    expect(exitCode).toBe(1);
    expect(stdout).toContain(shown);
    expect(readdirSync(join(cwd, '.gobool/runs'))).toEqual(before);
    expect(await gobool(['run', 'show', 'last'], { cwd })).toMatchObject({ exitCode: 0 });
  });
});
