import { LIMITS } from '../../src/runtime/base/limits.ts';
import { Clock } from '../../src/runtime/indicators/clock.ts';
import { IndicatorGraph } from '../../src/runtime/indicators/graph.ts';
import { Series } from '../../src/runtime/indicators/series.ts';
import type { Bars } from '../../src/runtime/market/bars.ts';
import { CASES, type CaseName } from './cases.ts';

/**
 * Our indicator on all bars as a run computes it: block by block, into rings that a strategy reads. `onBlock` is called
 * when the outputs hold a block.
 */
export function runIndicator(
  name: CaseName,
  bars: Bars,
  onBlock: (outputs: readonly Series[]) => void = () => {},
): void {
  const graph = new IndicatorGraph();
  const clock = new Clock('main', bars, graph);
  const [high, low, close] = [bars.high, bars.low, bars.close].map(column => new Series(clock, column));
  const outputs = CASES[name]({ high: high!, low: low!, close: close! });
  graph.seal();
  while (clock.blockTo < bars.length) {
    clock.blockFrom = clock.blockTo;
    clock.blockTo = Math.min(bars.length, clock.blockFrom + LIMITS.blockSteps);
    graph.runBlock();
    onBlock(outputs);
  }
}

/** All its values, to compare them. */
export function columnsOf(name: CaseName, bars: Bars): Float64Array[] {
  const columns: Float64Array[] = [];
  runIndicator(name, bars, outputs => {
    for (const [k, { clock, cells, mask }] of outputs.entries()) {
      columns[k] ??= new Float64Array(bars.length);
      for (let i = clock.blockFrom; i < clock.blockTo; i++) columns[k][i] = cells[i & mask]!;
    }
  });
  return columns;
}
