/** gobool as a library, in a process of its own: what a program that imports 'gobool/node' sees. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ERROR_CATALOGUE } from '../../src/runtime/base/error-codes/index.ts';
import { temporaryFolder } from '../helpers/cli.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A project that depends on gobool, with the strategy of the examples. */
function program(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules', 'gobool'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

function output(folder: string, file: string): unknown {
  return JSON.parse(execFileSync(process.execPath, [file], { cwd: folder, encoding: 'utf8' }));
}

interface Said {
  readonly runs: number;
  readonly best: { readonly resultHash: string; readonly metrics: { readonly calmar: number } };
  readonly ranked: number[];
  readonly run: { readonly runId: string };
  readonly costly: { readonly fees: number };
  readonly refused: unknown;
}

const STRATEGY = join(root, 'examples/strategies/sma-cross.ts');

const MAIN = `
import { backtest, GoboolError, sweep } from 'gobool/node';
const strategy = ${JSON.stringify(STRATEGY)};
const swept = await sweep(strategy, { params: { fast: '5..15:5', slow: [30, 50] }, objective: 'calmar', workers: 2 });
const run = await backtest(strategy, { params: swept.best.params, from: new Date('1990-01-01') });
const costly = await backtest(strategy, { fee: '10bps', from: '2010-01-01', store: false });
const refused = await backtest(strategy, { cash: -1, fee: 'much', from: 'soon' }).catch(error => error);
console.log(JSON.stringify({
  runs: swept.runs.length,
  best: swept.best,
  ranked: swept.ranked.map(each => each.metrics.calmar),
  run: { resultHash: run.resultHash, runId: run.runId, calmar: run.summary.metrics.calmar?.value },
  costly: { fees: costly.summary.fees, days: costly.summary.daily.values.length },
  refused: refused instanceof GoboolError && { code: refused.code, problems: refused.problems },
}));
`;

test('backtest and sweep give what the commands give', () => {
  const folder = program({ 'main.mjs': MAIN });
  const { runs, best, ranked, run, costly, refused } = output(folder, 'main.mjs') as Said;
  expect(runs).toBe(6);
  expect(ranked).toEqual(ranked.toSorted((a, b) => b - a));
  expect(run).toMatchObject({ resultHash: best.resultHash, calmar: best.metrics.calmar });
  expect(costly.fees).toBeGreaterThan(0);
  expect(refused).toEqual({
    code: 'GB_CONFIG_INVALID',
    problems: ['cash: must be above 0.', expect.stringMatching(/^fee: /), 'from: is no date.'],
  });
  const listed = execFileSync(process.execPath, [join(root, 'bin/gobool.js'), 'run', 'ls', '--json'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(JSON.parse(listed).data.runs).toMatchObject([{ runId: run.runId }]);
});

const LISTS = `
import { GoboolError, sweep } from 'gobool/node';
const run = params => sweep('choices.ts', { params, store: false });
const asked = { data: 5, direction: 'max', random: 0, workers: 1.5, from: null, params: { every: 3 }, store: false };
const refused = await sweep('choices.ts', asked).catch(error => error);
console.log(JSON.stringify({
  modes: (await run({ mode: ['b', 'a,b', 'a'] })).runs.map(({ params }) => params.mode),
  pair: (await run({ mode: ['a', 'b'] })).runs.map(({ params }) => params.mode),
  none: await run({ mode: [] }).catch(({ code }) => code),
  refused: refused instanceof GoboolError && refused.problems,
}));
`;

const CHOICES = `import { choice, defineStrategy } from 'gobool';
export default defineStrategy({
  name: 'choices',
  data: 'stock.SPY.usa@1d',
  params: { mode: choice('a', ['a', 'b', 'a,b']) },
  onBar({ params, order }) {
    order.target(params.mode.length);
  },
});
`;

test('a list of a sweep has its values as they are, and what cannot be swept is refused by name', () => {
  const said = output(program({ 'main.mjs': LISTS, 'choices.ts': CHOICES }), 'main.mjs');
  expect(said).toEqual({
    modes: ['a', 'b', 'a,b'],
    pair: ['a', 'b'],
    none: 'GB_SWEEP_RANGE',
    refused: [
      expect.stringMatching(/^data: expected /),
      'from: is no date.',
      expect.stringMatching(/^params\.every: expected /),
      'random: must be above 0.',
      'direction: expected "maximize" or "minimize".',
      'workers: expected a whole number.',
    ],
  });
});

const ODD = `
import { backtest, sweep } from 'gobool/node';
const odd = { cwd: 5, store: 'no', signal: true, onProgress: 5, params: { fast: [5] }, from: Infinity };
const problemsOf = work => work.catch(({ problems }) => problems);
console.log(JSON.stringify({
  run: await problemsOf(backtest(new URL('strategy.ts', import.meta.url), odd)),
  sweep: await problemsOf(sweep('strategy.ts', { fresh: 'yes', params: null })),
}));
`;

const HINTS = `
import { backtest, sweep } from 'gobool/node';
const hintOf = work => work.catch(({ hint }) => hint);
console.log(JSON.stringify({
  run: await hintOf(backtest('nowhere.ts')),
  own: await hintOf(backtest(${JSON.stringify(STRATEGY)}, { from: 2, to: 1 })),
  sweep: await hintOf(sweep('nowhere.ts', { objective: 'sharp' })),
}));
`;

test('an error has the hint that a command shows', () => {
  expect(output(program({ 'main.mjs': HINTS }), 'main.mjs')).toEqual({
    run: ERROR_CATALOGUE.GB_STRATEGY_MISSING.hint,
    own: 'Let --from be before --to, which is exclusive.',
    sweep: ERROR_CATALOGUE.GB_SWEEP_OBJECTIVE.hint,
  });
});

test('options that are none are told, not met as errors of Node or passed over', () => {
  expect(output(program({ 'main.mjs': ODD }), 'main.mjs')).toEqual({
    run: [
      'from: is no date.',
      'file: expected text.',
      'cwd: expected text.',
      'store: expected true or false.',
      'signal: expected an AbortSignal.',
      'params.fast: expected text, or expected a number, or expected true or false.',
      'onProgress: expected a function.',
    ],
    sweep: ['params: expected a record.', 'fresh: expected true or false.'],
  });
});

test('its types check, and refuse a misspelling', () => {
  const config = {
    compilerOptions: {
      module: 'nodenext',
      target: 'es2024',
      strict: true,
      noEmit: true,
      types: ['node'],
      typeRoots: [join(root, 'node_modules/@types')],
      lib: ['es2024', 'esnext.disposable'],
    },
    include: ['*.ts'],
  };
  const folder = program({
    'tsconfig.json': JSON.stringify(config),
    'package.json': '{ "type": "module" }',
    'right.ts': `import { backtest, sweep } from 'gobool/node';
const { summary } = await backtest('s.ts', { data: { spy: 'spy.csv' }, fee: '10bps', params: { fast: 5 } });
const sharpe: number | null | undefined = summary.metrics.sharpe?.value;
const hash: string = (await sweep('s.ts', { params: { fast: [1, 2] } })).best.resultHash;
console.log(sharpe, hash);
`,
    'wrong.ts': `import { backtest } from 'gobool/node';
await backtest('s.ts', { fees: '10bps' });
`,
  });
  const check = () => execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', '.'], { cwd: folder, encoding: 'utf8' });
  const problems = () => {
    try {
      return check();
    } catch (error) {
      return (error as { stdout: string }).stdout;
    }
  };
  expect(
    problems()
      .split('\n')
      .filter(line => line.includes('error')),
  ).toEqual([
    expect.stringMatching(/^wrong\.ts\(2,26\): error TS2561: .*'fees' does not exist.*Did you mean to write 'fee'/),
  ]);
});
