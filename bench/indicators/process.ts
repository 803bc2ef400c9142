/** One indicator by several contestants in turn; prints what each round took. Ours runs in a process of its own. */
import { readFileSync } from 'node:fs';
import { randomBars } from '../lib/market.ts';
import type { CaseName } from './cases.ts';
import { callOf, type Prices } from './libraries.ts';
import { columnsOf, runIndicator } from './own.ts';

export interface IndicatorWork {
  readonly name: CaseName;
  readonly bars: number;
  /** `gobool`, and npm libraries that have the indicator. */
  readonly contestants: readonly string[];
  /** Rounds that count, and rounds before them that do not. */
  readonly rounds: number;
  readonly warmUps: number;
  /** The package.json beside which the npm libraries are installed. */
  readonly manifest?: string;
  /** The columns of TA-Lib, one after the other as float64: ours must have its values. */
  readonly talib?: string;
}

/** Milliseconds of the rounds, by contestant. */
export type IndicatorTimes = Readonly<Record<string, readonly number[]>>;

/** By then nothing is left of how an average was seeded. */
const SETTLED_BARS = 2_000;
const TOLERANCE = 1e-9;
/** Two libraries round an RSI to two digits. */
const ROUNDED_TOLERANCE = 0.0051;
const ROUNDING: readonly string[] = ['fast-technical-indicators', 'technicalindicators'];

const work: IndicatorWork = JSON.parse(process.argv[2]!);
console.log(JSON.stringify(measure(work)));

function measure({ name, bars: count, contestants, rounds, warmUps, manifest, talib }: IndicatorWork): IndicatorTimes {
  const bars = randomBars(count, 1);
  const columns = columnsOf(name, bars);
  if (talib !== undefined) requireAgreement('TA-Lib', columnsIn(talib, count), columns, TOLERANCE);
  const prices = { high: [...bars.high], low: [...bars.low], close: [...bars.close] };
  const runs = contestants.map(each =>
    each === 'gobool' ? () => runIndicator(name, bars) : checkedRun(each, name, manifest!, prices, columns),
  );
  const ms = runs.map((): number[] => []);
  for (let round = -warmUps; round < rounds; round++) {
    for (const [k, run] of runs.entries()) {
      const startMs = performance.now();
      run();
      if (round >= 0) ms[k]!.push(performance.now() - startMs);
    }
  }
  return Object.fromEntries(contestants.map((each, k) => [each, ms[k]!]));
}

/** A library's call, once its values are ours. */
function checkedRun(
  library: string,
  name: CaseName,
  manifest: string,
  prices: Prices,
  expected: readonly Float64Array[],
): () => unknown {
  const { run, columns } = callOf(library, name, manifest, prices);
  const isRounded = name === 'rsi' && ROUNDING.includes(library);
  requireAgreement(library, columns(run() as never), expected, isRounded ? ROUNDED_TOLERANCE : TOLERANCE);
  return run;
}

/** Compares from the last bar backwards, because libraries leave out the bars of the warm-up. */
function requireAgreement(
  who: string,
  actual: readonly ArrayLike<number>[],
  expected: readonly Float64Array[],
  tolerance: number,
): void {
  for (const [k, column] of expected.entries()) {
    const values = actual[k]!;
    for (let back = 1; back <= column.length - SETTLED_BARS; back++) {
      const [ours, theirs] = [column[column.length - back]!, values[values.length - back]!];
      if (!(Math.abs(ours - theirs) <= tolerance * Math.max(1, Math.abs(ours))))
        throw new Error(`${work.name}: ours is ${ours}, ${who} says ${theirs}, ${back} bars before the end`);
    }
  }
}

function columnsIn(path: string, length: number): Float64Array[] {
  const bytes = readFileSync(path);
  const all = new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 8);
  return Array.from({ length: all.length / length }, (_, k) => all.subarray(k * length, (k + 1) * length));
}
