/** The C program and the engine's processes, made when this is loaded. */
import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import type { BareWork } from '../bare-process.ts';
import type { Measured, Work } from '../engine-process.ts';
import type { IndicatorTimes, IndicatorWork } from '../indicators/process.ts';
import type { SliceWork } from '../slice-process.ts';
import { inFolder } from './folder.ts';
import { randomBars, writePrices } from './market.ts';

export interface CResult {
  readonly ms: readonly number[];
  readonly equity: number;
  readonly fills: number;
}

const cPath = inFolder('sma-cross');
const here = (name: string): string => new URL(`../${name}`, import.meta.url).pathname;

execFileSync('gcc', ['-O2', '-o', cPath, here('c/sma-cross.c')], { stdio: 'inherit' });
// As one file each, because that is how a strategy's bundle carries its engine.
await build({
  entryPoints: ['bare-process', 'engine-process', 'slice-process', 'indicators/process'].map(name =>
    here(`${name}.ts`),
  ),
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  outdir: inFolder('.'),
  outExtension: { '.js': '.mjs' },
  logLevel: 'error',
});

/** Does the work in a process of its own: code that ran another strategy before is slower. */
export function runEngine(work: Work): Measured {
  return inProcess('engine-process', work);
}

/** A sweep's slices, one after the other. */
export function runSlices(work: SliceWork): Measured {
  return inProcess('slice-process', work);
}

/** Bare loops: what V8 gives without an engine. */
export function runBare(work: BareWork): Measured {
  return inProcess('bare-process', work);
}

/** One indicator, ours and the npm libraries'. */
export function runIndicator(work: IndicatorWork): IndicatorTimes {
  return inProcess('indicators/process', work);
}

function inProcess<T>(name: string, work: object): T {
  const path = inFolder(`${name}.mjs`);
  return JSON.parse(execFileSync(process.execPath, [path, JSON.stringify(work)], { encoding: 'utf8' }));
}

/** The C loop on the walk of seed 1, which is the first feed of every engine process. */
export function runC(bars: number, rounds: number, kind: 'run' | 'sweep' = 'run'): CResult {
  return JSON.parse(execFileSync(cPath, cArgs(bars, rounds, kind), { encoding: 'utf8' }));
}

/** Two of its sweeps at once: how much more than one the machine's processors do together. */
export async function runTwoC(bars: number, rounds: number): Promise<readonly CResult[]> {
  const args = cArgs(bars, rounds, 'sweep');
  const ended = await Promise.all([1, 2].map(() => promisify(execFile)(cPath, args)));
  return ended.map(({ stdout }) => JSON.parse(stdout));
}

function cArgs(bars: number, rounds: number, kind: 'run' | 'sweep'): string[] {
  const data = inFolder(`prices-${bars}`);
  writePrices(data, randomBars(bars, 1));
  return [data, String(rounds), ...(kind === 'sweep' ? ['sweep'] : [])];
}
