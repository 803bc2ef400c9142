/** Runs indicators the way the engine does: feeds on one timeline, declared once, computed block by block. */
import { LIMITS } from '../../src/runtime/base/limits.ts';
import { Clock } from '../../src/runtime/indicators/clock.ts';
import { IndicatorGraph } from '../../src/runtime/indicators/graph.ts';
import type { HighLowCloseVolume } from '../../src/runtime/indicators/high-low-close.ts';
import { Series } from '../../src/runtime/indicators/series.ts';
import { type Bars, closeTimeAt } from '../../src/runtime/market/bars.ts';

export type Outputs = Readonly<Record<string, Series>>;
export type Declare = (...feeds: HighLowCloseVolume[]) => Outputs;

/** Bars whose opens follow each other without gaps; prices that are not given equal the close. */
export function barsFrom(columns: {
  close: ArrayLike<number>;
  high?: ArrayLike<number>;
  low?: ArrayLike<number>;
  volume?: ArrayLike<number>;
  session?: ArrayLike<number>;
}): Bars {
  const column = (values: ArrayLike<number>) => Float64Array.from(values);
  const { close, high = close, low = close, volume = [], session = [] } = columns;
  return {
    length: close.length,
    durationMs: 60_000,
    time: column(Array.from(close, (_, i) => i * 60_000)),
    open: column(close),
    high: column(high),
    low: column(low),
    close: column(close),
    volume: Float64Array.from(close, (_, i) => volume[i] ?? 0),
    session: Int32Array.from(close, (_, i) => session[i] ?? 0),
  };
}

export interface RunOptions {
  /** Lengths of the blocks in steps, repeated to the end; a step is a moment at which bars close. */
  readonly blocks?: readonly number[];
  readonly historyBars?: number;
  /** Called on every step, with the clocks standing there. */
  readonly onStep?: (outputs: Outputs) => void;
}

/** The values of every output on each bar of its feed. */
export function runIndicators(
  feeds: readonly Bars[],
  declare: Declare,
  options: RunOptions = {},
): Record<string, number[]> {
  const { blocks = [LIMITS.blockSteps], historyBars = LIMITS.historyBars, onStep } = options;
  const graph = new IndicatorGraph(historyBars);
  const clocks = feeds.map((bars, i) => new Clock(`feed${i}`, bars, graph));
  const outputs = declare(...clocks.map(pricesOf));
  graph.seal();
  const values: Record<string, number[]> = Object.fromEntries(Object.keys(outputs).map(name => [name, []]));
  const steps = stepTimes(feeds);
  for (let step = 0, block = 0; step < steps.length; block++) {
    const times = steps.slice(step, step + blocks[block % blocks.length]!);
    for (const clock of clocks) openBlock(clock, times.at(-1)!);
    graph.runBlock();
    for (const now of times) {
      const moved = clocks.filter(clock => advance(clock, now));
      for (const [name, series] of Object.entries(outputs)) {
        if (moved.includes(series.clock)) values[name]!.push(series.value);
      }
      onStep?.(outputs);
    }
    step += times.length;
  }
  return values;
}

function pricesOf(clock: Clock): HighLowCloseVolume {
  const { high, low, close, volume } = clock.bars;
  const series = (column: Float64Array) => new Series(clock, column);
  return { high: series(high), low: series(low), close: series(close), volume: series(volume) };
}

function stepTimes(feeds: readonly Bars[]): number[] {
  const times = feeds.flatMap(bars => Array.from({ length: bars.length }, (_, i) => closeTimeAt(bars, i)));
  return [...new Set(times)].sort((a, b) => a - b);
}

function openBlock(clock: Clock, lastTime: number): void {
  clock.blockFrom = clock.blockTo;
  while (clock.blockTo < clock.bars.length && closeTimeAt(clock.bars, clock.blockTo) <= lastTime) clock.blockTo++;
}

function advance(clock: Clock, now: number): boolean {
  const next = clock.index + 1;
  if (next === clock.bars.length || closeTimeAt(clock.bars, next) > now) return false;
  clock.index = next;
  return true;
}
