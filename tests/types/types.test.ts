/** Runs the compiler as an editor does: what is right compiles, and what is misspelled is named. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { REPOSITORY, temporaryFolder } from '../helpers/cli.ts';

const COMPILER = join(REPOSITORY, 'node_modules/.bin/tsc');

const compile = (folder: string) => execa(COMPILER, ['--noEmit', '--pretty', 'false'], { cwd: folder, reject: false });

test('the type tests hold', async () => {
  const { stdout, exitCode } = await compile(join(REPOSITORY, 'tests/types'));
  expect(stdout).toBe('');
  expect(exitCode).toBe(0);
});

/** Everything that a strategy can name, before the line that is wrong. */
const DECLARED = `
  data: { spy: 'stock.SPY.usa@1d', ibm: 'stock.IBM.usa@1d' },
  params: { fast: int(10), exit: choice('stop', ['stop', 'time']) },
  indicators: ({ bars, params }) => ({ fast: sma(bars.spy.close, params.fast), macd: macd(bars.spy.close) }),
  state: () => ({ month: -1 }),`;

/** The body of a strategy, and what the compiler says first. */
const WRONG: Readonly<Record<string, readonly [body: string, message: string]>> = {
  'an indicator': [
    `${DECLARED} onBar({ ind }) { ind.fsat.value; }`,
    "Property 'fsat' does not exist on type '{ fast: Series; macd: Macd; }'.",
  ],
  'a member of an indicator': [
    `${DECLARED} onBar({ ind }) { ind.macd.signl; }`,
    "Property 'signl' does not exist on type 'Macd'. Did you mean 'signal'?",
  ],
  'a parameter': [
    `${DECLARED} onBar({ params }) { params.fsat; }`,
    "Property 'fsat' does not exist on type 'ParamValues<{ fast: Param<number>;",
  ],
  'a parameter among the indicators': [
    'params: { fast: int(10) }, indicators: ({ close, params }) => ({ a: sma(close, params.fsat) }), onBar() {}',
    "Property 'fsat' does not exist on type 'ParamValues<{ fast: Param<number>; }>'.",
  ],
  'a choice': [
    `${DECLARED} onBar({ order, params }) { if (params.exit === 'tiem') order.target(0); }`,
    `the types '"stop" | "time"' and '"tiem"' have no overlap.`,
  ],
  'a feed': [
    `${DECLARED} onBar({ bars }) { bars.syp.close; }`,
    "Property 'syp' does not exist on type '{ readonly ibm: FeedView; readonly spy: FeedView; }'.",
  ],
  'a feed among the indicators': [
    "data: { spy: 'a' }, indicators: ({ bars }) => ({ a: sma(bars.syp.close, 5) }), onBar() {}",
    "Property 'syp' does not exist on type '{ readonly spy: PriceSeries; }'.",
  ],
  'a feed, where none has a name': [
    "data: 'stock.SPY.usa@1d', onBar({ bars }) { bars.spy.close; }",
    "Property 'spy' does not exist on type '{}'.",
  ],
  'the orders of a feed': [`${DECLARED} onBar({ orders }) { orders.syp.target(1); }`, "Property 'syp' does not exist"],
  'the position in a feed': [`${DECLARED} onBar({ positions }) { positions.syp; }`, "Property 'syp' does not exist"],
  'the state': [
    `${DECLARED} onBar({ state }) { state.mnth = 1; }`,
    "Property 'mnth' does not exist on type '{ month: number; }'. Did you mean 'month'?",
  ],
  'the column behind a series, which knows the future': [
    'onBar({ close }) { close.values.at(-1); }',
    "Property 'values' does not exist on type 'Series'. Did you mean 'value'?",
  ],
  'the clock behind a series': [
    'onBar({ close }) { close.clock; }',
    "Property 'clock' does not exist on type 'Series'.",
  ],
  'a field of a bar': ['onBar({ bar }) { bar.tiem; }', "Property 'tiem' does not exist on type 'FeedView'."],
  'a field of a fill': [
    'onFill({ fill }) { fill.prise; }, onBar() {}',
    "Property 'prise' does not exist on type 'Fill'. Did you mean 'price'?",
  ],
  'an account setting': ["account: { feee: '10bps' }, onBar() {}", "Did you mean to write 'fee'?"],
  'a time in force': [
    "onBar({ order }) { order.limit(1, 2, { timeInForce: 'dya' }); }",
    `Type '"dya"' is not assignable to type 'TimeInForce | undefined'.`,
  ],
  'a signal': [
    'signals: ({ close }) => ({ entry: sig.above(close, 1), exit: sig.below(close, 1) })',
    "Property 'enter' is missing in type '{ entry: Signal; exit: Signal; }'",
  ],
  'an indicator in a signal': [
    `${DECLARED} signals: ({ ind }) => ({ enter: sig.above(ind.fsat, 1), exit: sig.below(ind.fast, 1) })`,
    "Property 'fsat' does not exist on type '{ fast: Series; macd: Macd; }'.",
  ],
  'a part of the declaration': ['paramss: { fast: int(10) }, onBar() {}', "Did you mean to write 'params'?"],
  'the order of the parts': [
    'onBar({ ind }) { ind.fast.value; }, indicators: ({ close }) => ({ fast: sma(close, 10) })',
    "Property 'fast' does not exist on type 'IndicatorsStandBeforeOnBar'.",
  ],
};

/** As in a user's project: the types are those of the package, under a strict configuration without Node. */
const COMPILER_OPTIONS = {
  target: 'es2024',
  lib: ['es2024'],
  module: 'esnext',
  moduleResolution: 'bundler',
  strict: true,
  types: [],
};

test('a misspelling is a compile error that names it', async () => {
  const names = Object.keys(WRONG);
  const sources = Object.values(WRONG).map(([body], at) => [`strategy-${at}.ts`, strategyOf(body)]);
  const folder = temporaryFolder({
    ...Object.fromEntries(sources),
    'tsconfig.json': JSON.stringify({ compilerOptions: COMPILER_OPTIONS, include: ['*.ts'] }),
  });
  installPackage(folder);
  const { stdout } = await compile(folder);
  const errors = stdout.split(/\n(?! )/); // an error's further lines are indented
  const messages = names.map((name, at) => [name, errors.find(error => error.startsWith(`strategy-${at}.ts`))]);
  const expected = Object.entries(WRONG).map(([name, [, message]]) => [name, expect.stringContaining(message)]);
  expect(Object.fromEntries(messages)).toEqual(Object.fromEntries(expected));
});

test.each([
  ['alone', {}],
  ['beside those of browsers', { lib: ['es2024', 'dom'] }],
  ['beside those of Node', { types: ['node'], typeRoots: [join(REPOSITORY, 'node_modules/@types')] }],
])('console.log has a type, %s', async (_, options) => {
  const folder = temporaryFolder({
    'strategy.ts': strategyOf('onBar({ close }) { console.log(close.value, close); }'),
    'tsconfig.json': JSON.stringify({ compilerOptions: { ...COMPILER_OPTIONS, ...options }, include: ['*.ts'] }),
  });
  installPackage(folder);
  expect(await compile(folder)).toMatchObject({ stdout: '', exitCode: 0 });
});

function strategyOf(body: string): string {
  return `import { choice, defineStrategy, int, macd, sig, sma } from 'gobool';
    export const used = [choice, int, macd, sig, sma];
    export default defineStrategy({ name: 'wrong', ${body} });`;
}

function installPackage(folder: string): void {
  const target = join(folder, 'node_modules/gobool');
  mkdirSync(dirname(target), { recursive: true });
  symlinkSync(REPOSITORY, target);
}
