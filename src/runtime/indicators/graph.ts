/**
 * All indicators of a run, in the order they were declared, which is an order in which inputs come before outputs.
 * The graph computes one block of bars at a time. Batch and bar by bar give the same bits: it is one fold either way.
 */
import { GoboolError } from '../base/error.ts';
import { LIMITS } from '../base/limits.ts';
import type { Clock } from './clock.ts';
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
  /** Of all feeds. */
  readonly clocks: Clock[] = [];
  /** Whether a user's step runs, which sees its inputs only: a series would show where the last block ended. */
  isFolding = false;
  readonly #nodes: Node[] = [];
  readonly #history: number;
  /** Indicators by kernel, inputs and arguments, and the numbers that stand for these. */
  readonly #made = new Map<string, unknown>();
  readonly #numbers = new Map<unknown, number>();
  #deepest = 0;
  #sealed = false;

  /** `historyBars`: how many past values every indicator keeps readable. */
  constructor(historyBars: number = LIMITS.historyBars) {
    this.#history = historyBars;
  }

  /** What `make` gives; for the same kernel, inputs and arguments what it gave before. Compares them by identity. */
  once<T>(kernel: unknown, inputs: readonly Series[], args: readonly unknown[], make: () => T): T {
    if (this.#sealed) {
      throw new GoboolError('GB_STRATEGY_INDICATOR', 'An indicator was created while the run was under way.', {
        hint: 'Create indicators in `indicators`, and read them in onBar through `ind`.',
      });
    }
    const key = [kernel, ...inputs, ...args].map(part => this.#nameOf(part)).join(' ');
    const made = this.#made.get(key) ?? make();
    this.#made.set(key, made);
    return made as T;
  }

  #nameOf(part: unknown): string {
    if (typeof part !== 'object' && typeof part !== 'function') return `${typeof part}:${String(part)}`;
    const known = this.#numbers.get(part) ?? this.#numbers.size;
    this.#numbers.set(part, known);
    return String(known);
  }

  add(kernel: Kernel, output: Series, lookback: number): void {
    this.#deepest = Math.max(this.#deepest, lookback);
    this.#nodes.push({ kernel, output });
  }

  /** Ends the declaration: every output gets its ring. `blockSteps`: how far indicators are computed ahead. */
  seal(blockSteps: number = LIMITS.blockSteps): void {
    this.#sealed = true;
    const depth = Math.max(this.#history, this.#deepest);
    for (const { output } of this.#nodes)
      output.allocate(ringSize(Math.min(depth + blockSteps, output.clock.bars.length)), depth);
  }

  /**
   * Computes every indicator on its clock's block. By index: V8 compiles kernels in here, and their loops slower where
   * something around them catches, as `for...of` does.
   */
  runBlock(): void {
    const nodes = this.#nodes;
    for (let k = 0; k < nodes.length; k++) {
      const { kernel, output } = nodes[k]!;
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
