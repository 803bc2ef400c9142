/** Runs a sweep of the SMA cross on one core and prints what each round took. */
import { DEFAULT_RUN_OPTIONS } from '../src/runtime/engine/run-options.ts';
import { ResultHasher, TimesHash } from '../src/runtime/host/result-hash.ts';
import { maxSliceSets, slicesOf } from '../src/runtime/host/sweep/slices.ts';
import { inBoxes } from '../src/runtime/sweep/boxes.ts';
import { runSlice } from '../src/runtime/sweep/run-slice.ts';
import type { Measured } from './engine-process.ts';
import { randomDataset } from './lib/market.ts';
import { peakMb } from './lib/peak.ts';
import { SWEPT } from './strategies.ts';

export interface SliceWork {
  readonly strategy: keyof typeof SWEPT;
  readonly bars: number;
  /** Whether every run is hashed, as `gobool sweep` does. */
  readonly hash: boolean;
  readonly rounds: number;
}

/** The periods that the C program sweeps. */
const SETS = Array.from({ length: 1_000 }, (_, set) => ({ fast: 5 + Math.floor(set / 50), slow: 30 + 4 * (set % 50) }));

const { strategy, bars, hash, rounds }: SliceWork = JSON.parse(process.argv[2]!);
const feeds = [randomDataset(bars, 1)];
const options = { ...DEFAULT_RUN_OPTIONS, fee: { kind: 'rate', rate: 0.001 } } as const;
const ms: number[] = [];
let sum = { equity: 0, fills: 0 };
for (let round = 0; round < rounds; round++) {
  const startMs = performance.now();
  sum = sweep();
  ms.push(performance.now() - startMs);
}
console.log(JSON.stringify({ ms, ...sum, peakMb: peakMb() } satisfies Measured));

function sweep(): { equity: number; fills: number } {
  let [equity, fills] = [0, 0];
  for (const slice of slicesOf(inBoxes(SETS, [...SETS.keys()], maxSliceSets(bars)), 1, bars)) {
    const times = new TimesHash();
    const hashers = slice.map(() => (hash ? new ResultHasher(times) : undefined));
    const input = { sets: slice.map(index => SETS[index]!), metrics: [], feeds, options };
    runSlice(SWEPT[strategy], input, {
      onChunk: (index, chunk) => hashers[index]?.update(chunk),
      onRun(index, run) {
        equity += run.finalEquity;
        fills += run.fills;
        hashers[index]?.finish(run);
      },
      progress: new Int32Array(1),
      shouldStop: () => false,
    });
  }
  return { equity, fills };
}
