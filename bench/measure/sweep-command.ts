/** `gobool sweep` from the shell to its table: on one worker and on two, and with many short runs. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inFolder } from '../lib/folder.ts';
import { csvOf, randomBars } from '../lib/market.ts';
import { peakMbOf } from '../lib/peak.ts';
import { compared, median, type Row } from '../lib/row.ts';
import { runC, runTwoC } from '../lib/workshop.ts';

const TURNS = 3;

const gobool = new URL('../../bin/gobool.js', import.meta.url).pathname;
const project = inFolder('sweeps');

const STRATEGY = `import { defineStrategy, int, sig, sma } from 'gobool';
export default defineStrategy({
  name: 'cross',
  params: { fast: int(10), slow: int(30) },
  indicators: ({ close, params: { fast, slow } }) => ({ fast: sma(close, fast), slow: sma(close, slow) }),
  signals: ({ ind }) => ({ enter: sig.crossesAbove(ind.fast, ind.slow), exit: sig.crossesBelow(ind.fast, ind.slow) }),
});
`;

export async function measureSweepCommand(): Promise<Row[]> {
  mkdirSync(project, { recursive: true });
  writeFileSync(join(project, 'strategy.ts'), STRATEGY);
  writeFileSync(join(project, 'minutes.csv'), csvOf(randomBars(100_000, 1)));
  // The same walk with a day between its bars, so that every bar is a daily sample.
  writeFileSync(join(project, 'days.csv'), csvOf({ ...randomBars(2_000, 1), time: days(2_000) }));
  const wide = ['--data', 'minutes.csv', '--param', 'fast=5..24', '--param', 'slow=30..226:4', '--fee', '10bps'];
  const wider = ['--data', 'minutes.csv', '--param', 'fast=5..24', '--param', 'slow=30..229', '--fee', '10bps'];
  const short = ['--data', 'days.csv', '--param', 'fast=2..101', '--param', 'slow=102..201', '--workers', '2'];
  const memory = peakMbOf(nodeArgs => sweep([...wide, '--workers', '2'], nodeArgs));
  const shortMs = Array.from({ length: TURNS }, () => timed(short));
  return [
    { ...byWorkers('gobool sweep, 1,000 x 100,000, two workers', wide), wanted: 1 / 1.8 },
    byWorkers('gobool sweep, 4,000 x 100,000, two workers', wider),
    await byProcesses(),
    { name: 'gobool sweep, 10,000 x 2,000 days, two workers', value: median(shortMs), unit: 'ms', wanted: 1_500 },
    { name: 'gobool sweep, memory of the process', value: memory, unit: 'MB', wanted: 400 },
  ];
}

function byWorkers(name: string, args: readonly string[]): Row {
  const [one, two]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < TURNS; turn++) {
    one.push(elapsedOf([...args, '--workers', '1']));
    two.push(elapsedOf([...args, '--workers', '2']));
  }
  return compared(name, two, 'one worker', one);
}

/** What two workers could reach at best here: sweeps of the C loop, one at a time and two. */
async function byProcesses(): Promise<Row> {
  const [alone, shared]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < TURNS; turn++) {
    alone.push(...runC(100_000, 2, 'sweep').ms);
    for (const { ms } of await runTwoC(100_000, 2)) shared.push(...ms.map(each => each / 2));
  }
  return compared('C, a sweep of two at once', shared, 'alone', alone);
}

function days(count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, day) => Date.UTC(2010, 0, 1) + day * 86_400_000);
}

/** Milliseconds that the sweep itself says it took. */
function elapsedOf(args: readonly string[]): number {
  return JSON.parse(sweep([...args, '--json'])).data.elapsedMs;
}

function timed(args: readonly string[]): number {
  const startMs = performance.now();
  sweep(args);
  return performance.now() - startMs;
}

function sweep(args: readonly string[], nodeArgs: readonly string[] = []): string {
  const all = [...nodeArgs, gobool, 'sweep', 'strategy.ts', '--fresh', ...args];
  return execFileSync(process.execPath, all, {
    cwd: project,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}
