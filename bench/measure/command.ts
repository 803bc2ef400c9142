/** The whole program, from the shell to the printed result, against a bare start of the same Node. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importCsv } from '../../src/runtime/host/import/import-csv.ts';
import { inFolder } from '../lib/folder.ts';
import { csvOf, randomBars } from '../lib/market.ts';
import { peakMbOf } from '../lib/peak.ts';
import { median, type Row } from '../lib/row.ts';

const TURNS = 11;
const MEMORY_TURNS = 5;
const CSV_BARS = 5000;
const ALL_BARS = 1_000_000;

const root = new URL('../../', import.meta.url).pathname;
const gobool = join(root, 'bin/gobool.js');
const project = inFolder('project');
const caches = inFolder('caches');

export async function measureCommand(): Promise<Row[]> {
  mkdirSync(project, { recursive: true });
  cpSync(join(root, 'examples/strategies/sma-cross.ts'), join(project, 'strategy.ts'));
  writeFileSync(join(project, 'bars.csv'), csvOf(randomBars(CSV_BARS, 1)));
  const backtest = ['backtest', 'strategy.ts', '--data', 'bars.csv'];
  const warm = inTurns(() => run(backtest));
  const cold = inTurns(() => run(backtest), forgetAll);
  const help = inTurns(() => run(['--help']));
  return [
    { ...rowOf('gobool backtest, 5,000-bar CSV', warm), wanted: wantedRatio(warm.bare, 3, 150) },
    rowOf('the same, first time on the machine', cold),
    { ...rowOf('gobool --help', help), wanted: wantedRatio(help.bare, 1, 100) },
    await peakMemory(),
  ];
}

interface Turns {
  readonly own: number;
  readonly bare: number;
}

/** Medians of the command and of `node -e 0`, by turns. */
function inTurns(command: () => void, before: () => void = () => {}): Turns {
  const [own, bare]: [number[], number[]] = [[], []];
  command();
  for (let turn = 0; turn < TURNS; turn++) {
    before();
    own.push(timed(command));
    bare.push(timed(() => execFileSync(process.execPath, ['-e', '0'])));
  }
  return { own: median(own), bare: median(bare) };
}

const rowOf = (name: string, { own, bare }: Turns): Row => ({
  name,
  value: own,
  unit: 'ms',
  against: `node -e 0 (${bare.toFixed(0)} ms)`,
  ratio: own / bare,
});

/** As a ratio: so many times a bare start, and so many milliseconds on top. */
function wantedRatio(bareMs: number, times: number, extraMs: number): number {
  return times + extraMs / bareMs;
}

/** The most memory of a whole `gobool backtest` on a million bars of a catalog. */
async function peakMemory(): Promise<Row> {
  const path = join(project, 'million.csv');
  writeFileSync(path, csvOf(randomBars(ALL_BARS, 1)));
  const catalogDir = join(project, '.gobool/data');
  await importCsv({ paths: [path], csv: {}, catalogDir, productId: 'crypto.R1.global' });
  const backtest = ['backtest', 'strategy.ts', '--data', 'crypto.R1.global@1m'];
  const peaks = Array.from({ length: MEMORY_TURNS }, () => peakMbOf(nodeArgs => run(backtest, nodeArgs)));
  return { name: 'memory of gobool backtest, 1,000,000 bars', value: median(peaks), unit: 'MB', wanted: 180 };
}

function run(args: readonly string[], nodeArgs: readonly string[] = []): void {
  const env = { ...process.env, XDG_CACHE_HOME: caches };
  execFileSync(process.execPath, [...nodeArgs, gobool, ...args], {
    cwd: project,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Compiled code and bundles that earlier calls kept. */
function forgetAll(): void {
  rmSync(caches, { recursive: true, force: true });
  rmSync(join(project, '.gobool'), { recursive: true, force: true });
}

function timed(work: () => void): number {
  const startMs = performance.now();
  work();
  return performance.now() - startMs;
}
