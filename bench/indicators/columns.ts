import { LIMITS } from '../../src/runtime/base/limits.ts';
import { Clock } from '../../src/runtime/indicators/clock.ts';
import { IndicatorGraph } from '../../src/runtime/indicators/graph.ts';
import { Series } from '../../src/runtime/indicators/series.ts';
import type { Bars } from '../../src/runtime/market/bars.ts';
import { CASES, type CaseName } from './cases.ts';

/**
 * Our indicator into full columns, computed as in a run: block by block into rings, each block copied out of them. As in
 * TA-Lib's C the columns are the caller's.
 */
export function writeColumns(name: CaseName, bars: Bars, columns: readonly Float64Array[]): void {
  const graph = new IndicatorGraph();
  const clock = new Clock('main', bars, graph);
  const [high, low, close] = [bars.high, bars.low, bars.close].map(column => new Series(clock, column));
  const outputs = CASES[name]({ high: high!, low: low!, close: close! });
  graph.seal();
  while (clock.blockTo < bars.length) {
    clock.blockFrom = clock.blockTo;
    clock.blockTo = Math.min(bars.length, clock.blockFrom + LIMITS.blockSteps);
    graph.runBlock();
    for (const [k, output] of outputs.entries()) copyBlock(output, columns[k]!);
  }
}

function copyBlock({ clock, values, mask }: Series, column: Float64Array): void {
  const { blockFrom, blockTo } = clock;
  for (let i = blockFrom; i < blockTo; i++) column[i] = values[i & mask]!;
}
