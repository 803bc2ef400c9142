import { closeTimeAt } from '../market/bars.ts';
import type { Kernel } from './graph.ts';
import type { Series } from './series.ts';

/**
 * A series of another feed, as it was known when each bar of the output's feed closed; NaN before its first bar.
 * Invariant: all feeds' blocks end at the same moment and span at most a block of closing times together, so
 * the other feed's known bar is computed, and still in its ring.
 */
export class Align implements Kernel {
  readonly #source: Series;
  readonly #output: Series;
  #known = -1;

  constructor([source]: readonly Series[], output: Series) {
    this.#source = source!;
    this.#output = output;
  }

  run(from: number, to: number): void {
    const { cells, mask, clock } = this.#source;
    const { cells: out, mask: outMask } = this.#output;
    const { bars } = this.#output.clock;
    let known = this.#known;
    for (let i = from; i < to; i++) {
      const now = closeTimeAt(bars, i);
      while (known + 1 < clock.bars.length && closeTimeAt(clock.bars, known + 1) <= now) known++;
      out[i & outMask] = known < 0 ? Number.NaN : cells[known & mask]!;
    }
    this.#known = known;
  }
}
