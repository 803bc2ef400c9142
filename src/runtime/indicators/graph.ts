/**
 * All indicators of a run, in the order they were declared, which is an order in which inputs come before outputs.
 * The graph computes one block of bars at a time, so batch and bar-by-bar give the same bits: it is one fold either way.
 */
import { GoboolError } from '../base/error.ts';
import { LIMITS } from '../base/limits.ts';
import type { Clock } from './clock.ts';
import type { Series } from './series.ts';

/** One causal fold: reads its inputs at bars `[from, to)` and earlier, writes its outputs there. Called in bar order. */
export interface Kernel {
  run(from: number, to: number): void;
}

interface Node {
  readonly clock: Clock;
  readonly kernel: Kernel;
  readonly outputs: readonly Series[];
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

  add(clock: Clock, kernel: Kernel, outputs: readonly Series[], lookback: number): void {
    if (this.#sealed) {
      throw new GoboolError('GB_STRATEGY_INDICATOR', 'An indicator was created while the run was under way.', {
        hint: 'Create indicators in `indicators`, and read them in onBar through `ind`.',
      });
    }
    this.#deepest = Math.max(this.#deepest, lookback);
    this.#nodes.push({ clock, kernel, outputs });
  }

  /** Ends the declaration: every output gets its ring. */
  seal(): void {
    this.#sealed = true;
    const wanted = Math.max(this.#history, this.#deepest) + LIMITS.blockSteps;
    for (const { clock, outputs } of this.#nodes) {
      const size = ringSize(Math.min(wanted, clock.bars.length));
      for (const output of outputs) output.allocate(size, size >= clock.bars.length ? 0 : LIMITS.blockSteps);
    }
  }

  /** Computes every indicator on its clock's block. */
  runBlock(): void {
    for (const { clock, kernel } of this.#nodes) {
      if (clock.blockTo > clock.blockFrom) kernel.run(clock.blockFrom, clock.blockTo);
    }
  }
}

function ringSize(entries: number): number {
  let size = 16;
  while (size < entries) size *= 2;
  return size;
}
