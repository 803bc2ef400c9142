/** Runs one strategy several times and prints what each run took: a process of its own for every measurement. */
import { makeBundle } from '../src/runtime/bundle/bundle-entry.ts';
import { FILL_WIDTH } from '../src/runtime/engine/fill-log.ts';
import type { RunHooks, RunInput } from '../src/runtime/engine/run-io.ts';
import { DEFAULT_RUN_OPTIONS } from '../src/runtime/engine/run-options.ts';
import { runStrategy } from '../src/runtime/engine/run-strategy.ts';
import { ResultHasher } from '../src/runtime/host/result-hash.ts';
import type { Dataset } from '../src/runtime/market/dataset.ts';
import { resample } from '../src/runtime/market/resample.ts';
import { UTC } from '../src/runtime/market/zone-offsets.ts';
import { randomDataset } from './lib/market.ts';
import { peakMb } from './lib/peak.ts';
import { STRATEGIES } from './strategies.ts';

export interface Work {
  readonly strategy: keyof typeof STRATEGIES;
  /** Bars of each feed. */
  readonly bars: number;
  /** How many products; 1 where absent. */
  readonly products?: number;
  /** Whether five- and fifteen-minute bars of the product are feeds too. */
  readonly coarser?: boolean;
  /** The engine alone, with its metrics, or with both and the result's hash. */
  readonly stage?: 'engine' | 'metrics' | 'hash';
  /** Runs that count, and runs before them that do not. */
  readonly rounds: number;
  readonly warmUps: number;
}

export interface Measured {
  readonly ms: readonly number[];
  readonly equity: number;
  readonly fills: number;
  /** The most memory that the process ever had. */
  readonly peakMb: number;
}

const FEE = { kind: 'rate', rate: 0.001 } as const;

const work: Work = JSON.parse(process.argv[2]!);
console.log(JSON.stringify(measure(work)));

function measure({ rounds, warmUps, ...work }: Work): Measured {
  const input: RunInput = { params: {}, feeds: feedsOf(work), options: { ...DEFAULT_RUN_OPTIONS, fee: FEE } };
  const ms: number[] = [];
  let last = { equity: Number.NaN, fills: 0 };
  for (let round = -warmUps; round < rounds; round++) {
    const startMs = performance.now();
    last = run(work, input);
    if (round >= 0) ms.push(performance.now() - startMs);
  }
  return { ms, ...last, peakMb: peakMb() };
}

function feedsOf({ bars, products = 1, coarser = false }: Pick<Work, 'bars' | 'products' | 'coarser'>): Dataset[] {
  const feeds = Array.from({ length: products }, (_, k) => randomDataset(bars, k + 1));
  if (!coarser) return feeds;
  const [fine] = feeds;
  const calendar = { name: fine!.product.calendar, zone: UTC };
  return [
    ...feeds,
    ...(['5m', '15m'] as const).map(each => ({ ...fine!, bars: resample(fine!.bars, each, calendar) })),
  ];
}

function run({ strategy, stage = 'engine' }: Pick<Work, 'strategy' | 'stage'>, input: RunInput) {
  let fills = 0;
  const hasher = stage === 'hash' ? new ResultHasher() : undefined;
  const hooks: RunHooks = {
    onChunk(chunk) {
      fills += chunk.fills.length / FILL_WIDTH;
      hasher?.update(chunk);
    },
    progress: new Int32Array(1),
    shouldStop: () => false,
  };
  if (stage === 'engine') return { equity: runStrategy(STRATEGIES[strategy], input, hooks).finalEquity, fills };
  const summary = makeBundle(STRATEGIES[strategy]).run(input, hooks);
  hasher?.finish(summary);
  return { equity: summary.finalEquity, fills };
}
