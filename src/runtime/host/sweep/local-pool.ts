/** Runs the sets of a sweep on threads of this process, or one after the other on the caller's own thread. */
import { availableParallelism } from 'node:os';
import type { ExecuteOptions, Executor, ExecutorLimits } from '../executor.ts';
import { inlineExecutor } from '../executors/inline-executor.ts';
import { threadExecutor } from '../executors/thread-executor.ts';
import type { SlicePool, SliceWork } from './slice-pool.ts';
import { slicesOf } from './slices.ts';

export function localPool(kind: 'inline' | 'thread', workers = availableParallelism()): SlicePool {
  if (kind === 'inline') return new LocalPool(inlineExecutor(), []);
  return new LocalPool(
    threadExecutor(),
    Array.from({ length: workers - 1 }, () => threadExecutor()),
  );
}

class LocalPool implements SlicePool {
  readonly executor: Executor;
  readonly #all: readonly Executor[];

  constructor(first: Executor, others: readonly Executor[]) {
    this.executor = first;
    this.#all = [first, ...others];
  }

  get workers(): number {
    return this.#all.length;
  }

  prepare(limits: ExecutorLimits): void {
    for (const executor of this.#all) executor.prepare(limits, 'slices');
  }

  /** Each executor takes the next slice as soon as it is free. */
  async run({ bundle, indices, inputOf, stepsPerRun, onRows }: SliceWork, execute: ExecuteOptions): Promise<void> {
    const failed = new AbortController();
    const signals = execute.signal === undefined ? [failed.signal] : [execute.signal, failed.signal];
    const options = { ...execute, signal: AbortSignal.any(signals) };
    const queue = slicesOf(indices, this.workers, stepsPerRun).values();
    const work = async (executor: Executor): Promise<void> => {
      for (const slice of queue) onRows(slice, await executor.slice(bundle, inputOf(slice), options));
    };
    const first: { error?: unknown } = {};
    await Promise.all(
      this.#all.map(executor =>
        work(executor).catch((error: unknown) => {
          first.error ??= error;
          failed.abort();
        }),
      ),
    );
    if (first.error !== undefined) throw first.error;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#all.map(executor => executor.close()));
  }
}
