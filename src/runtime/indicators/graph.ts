/**
 * All indicators of a run, in the order they were declared, which is an order in which inputs come before outputs.
 * The graph computes one block of bars at a time. Batch and bar by bar give the same bits: it is one fold either way.
 */
import { GoboolError } from '../base/error.ts';
import { LIMITS } from '../base/limits.ts';
import type { Series } from './series.ts';

/** One causal fold: reads its inputs at bars `[from, to)` and earlier, writes its output. Called in bar order. */
export interface Kernel {
  run(from: number, to: number): void;
}

interface Node {
  readonly kernel: Kernel;
  readonly output: Series;
}

export class IndicatorGraph {
  readonly #nodes: Node[] = [];
  readonly #history: number;
  #deepest = 0;
  #sealed = false;

  /** `historyBars`: how many past values every indicator keeps readable. */
  constructor(historyBars: number = LIMITS.historyBars) {
    this.#history = historyBars;
  }

  add(kernel: Kernel, output: Series, lookback: number): void {
    if (this.#sealed) {
      throw new GoboolError('GB_STRATEGY_INDICATOR', 'An indicator was created while the run was under way.', {
        hint: 'Create indicators in `indicators`, and read them in onBar through `ind`.',
      });
    }
    this.#deepest = Math.max(this.#deepest, lookback);
    this.#nodes.push({ kernel, output });
  }

  /** Ends the declaration: every output gets its ring. */
  seal(): void {
    this.#sealed = true;
    const wanted = Math.max(this.#history, this.#deepest) + LIMITS.blockSteps;
    for (const { output } of this.#nodes) {
      const barCount = output.clock.bars.length;
      const size = ringSize(Math.min(wanted, barCount));
      output.allocate(size, size >= barCount ? 0 : LIMITS.blockSteps);
    }
  }

  /** Computes every indicator on its clock's block. */
  runBlock(): void {
    for (const { kernel, output } of this.#nodes) {
      const { blockFrom, blockTo } = output.clock;
      if (blockTo > blockFrom) kernel.run(blockFrom, blockTo);
    }
  }
}

function ringSize(entries: number): number {
  let size = 16;
  while (size < entries) size *= 2;
  return size;
}
