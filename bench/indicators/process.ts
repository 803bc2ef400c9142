/** One indicator, ours and everybody's, by turns in one process; prints what each round took. */
import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { randomBars } from '../lib/market.ts';
import { type CaseName, OUTPUTS } from './cases.ts';
import { writeColumns } from './columns.ts';
import { loadRivals, type Rival } from './rivals.ts';

export interface IndicatorWork {
  readonly name: CaseName;
  readonly bars: number;
  readonly rounds: number;
  /** The package.json beside which the npm libraries are installed; absent: we are alone. */
  readonly manifest?: string | undefined;
  /** The columns of TA-Lib, one after the other as float64, to check ours against. */
  readonly talib?: string | undefined;
}

export interface IndicatorTimes {
  readonly ours: readonly number[];
  /** Only of libraries that are not far behind the best. */
  readonly rivals: Readonly<Record<string, readonly number[]>>;
}

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const WARM_UPS = 10;
/** By then nothing is left of how an average was seeded. */
const SETTLED_BARS = 2_000;
const TOLERANCE = 1e-9;
/** Two libraries round an RSI to two digits. */
const ROUNDED_TOLERANCE = 0.0051;
const ROUNDING: readonly string[] = ['fast-technical-indicators', 'technicalindicators'];
/** A library is left out that takes so many times as long as the best of them. */
const FAR_BEHIND = 1.5;

const work: IndicatorWork = JSON.parse(process.argv[2]!);
console.log(JSON.stringify(measure(work)));

function measure({ name, bars: count, rounds, manifest, talib }: IndicatorWork): IndicatorTimes {
  const bars = randomBars(count, 1);
  const expected = Array.from({ length: OUTPUTS[name] }, () => new Float64Array(count));
  const own = () => writeColumns(name, bars, expected);
  own();
  if (talib !== undefined) requireAgreement('TA-Lib', columnsOf(talib, count), expected, TOLERANCE);
  const prices = { high: [...bars.high], low: [...bars.low], close: [...bars.close] };
  const rivals = manifest === undefined ? [] : loadRivals(manifest, prices);
  for (const rival of rivals) checkRival(rival, name, expected);
  for (let round = 0; round < WARM_UPS; round++) own();
  const fastest = fastestOf(rivals, name);
  const times = {
    ours: [] as number[],
    rivals: Object.fromEntries(fastest.map(({ library }) => [library, [] as number[]])),
  };
  for (let round = 0; round < rounds; round++) {
    times.ours.push(timed(own));
    for (const { library, calls } of fastest) times.rivals[library]!.push(timed(calls[name]!.run));
  }
  return times;
}

/** Those that may be the best: slow ones would only take time. Also their warm-up. */
function fastestOf(rivals: readonly Rival[], name: CaseName): Rival[] {
  const able = rivals.filter(({ calls }) => calls[name] !== undefined);
  const ms = able.map(({ calls }) => Math.min(...[0, 1, 2].map(() => timed(calls[name]!.run))));
  return able.filter((_, k) => ms[k]! <= FAR_BEHIND * Math.min(...ms));
}

function checkRival({ library, calls }: Rival, name: CaseName, expected: readonly Float64Array[]): void {
  const call = calls[name];
  if (call === undefined) return;
  const isRounded = name === 'rsi' && ROUNDING.includes(library);
  requireAgreement(library, call.columns(call.run() as never), expected, isRounded ? ROUNDED_TOLERANCE : TOLERANCE);
}

/** Compares from the last bar backwards, because libraries leave out the bars of the warm-up. */
function requireAgreement(
  library: string,
  actual: readonly ArrayLike<number>[],
  expected: readonly Float64Array[],
  tolerance: number,
): void {
  expected.forEach((column, k) => {
    const values = actual[k]!;
    for (let back = 1; back <= column.length - SETTLED_BARS; back++) {
      const [ours, theirs] = [column.at(-back)!, values[values.length - back]!];
      if (!(Math.abs(ours - theirs) <= tolerance * Math.max(1, Math.abs(ours))))
        throw new Error(`${work.name}: ours is ${ours}, ${library} says ${theirs}, ${back} bars before the end`);
    }
  });
}

function columnsOf(path: string, length: number): Float64Array[] {
  const bytes = readFileSync(path);
  const all = new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 8);
  return Array.from({ length: all.length / length }, (_, k) => all.subarray(k * length, (k + 1) * length));
}

/** Garbage of the call before is not this call's. */
function timed(work: () => unknown): number {
  collectGarbage();
  const startMs = performance.now();
  work();
  return performance.now() - startMs;
}
