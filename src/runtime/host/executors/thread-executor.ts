/**
 * Runs each bundle in a thread of its own, which ends with the run: an endless loop or a memory bomb takes down nothing
 * else. A thread can be started before the bundle and the data are there, and the thread that described a bundle also
 * runs it.
 * Limitation: it protects against mistakes, not against malice; the thread can reach what the process can.
 */
import type {
  Chunk,
  IndicatorColumn,
  RunInput,
  RunSummary,
  SliceInput,
  StrategyDescription,
} from '../../bundle/abi.ts';
import type { Bundle } from '../bundler/bundle-strategy.ts';
import type { ExecuteOptions, Executor, ExecutorLimits } from '../executor.ts';
import type { SliceRow } from '../hashed-slice.ts';
import { StrategyThread } from './strategy-thread.ts';

export function threadExecutor(): Executor {
  return new ThreadExecutor();
}

class ThreadExecutor implements Executor {
  readonly name = 'thread';
  readonly guarantees = 'Runs in a thread of its own, with a watchdog, a memory limit and cancelling at any moment.';
  /** A thread that has run nothing yet; it may have loaded a bundle. */
  #waiting: StrategyThread | undefined;
  /** The thread that runs slices: warm from one to the next. */
  #slicer: StrategyThread | undefined;

  prepare(limits: ExecutorLimits, purpose: 'run' | 'slices' = 'run'): void {
    if (purpose === 'slices') this.#slicer ??= new StrategyThread(limits, purpose);
    else this.#waiting ??= new StrategyThread(limits);
  }

  async describe(bundle: Bundle, options: ExecuteOptions): Promise<StrategyDescription> {
    if (this.#slicer?.suits(bundle, options.limits)) return this.#slicer.load(bundle, options);
    const thread = this.#take(bundle, options.limits);
    const description = await thread.load(bundle, options);
    this.#waiting ??= thread;
    return description;
  }

  async run(
    bundle: Bundle,
    input: RunInput,
    onChunk: (chunk: Chunk) => void,
    options: ExecuteOptions,
  ): Promise<RunSummary> {
    const thread = this.#take(bundle, options.limits);
    try {
      await thread.load(bundle, options);
      return await thread.run(input, onChunk, options);
    } finally {
      await thread.end();
    }
  }

  async slice(bundle: Bundle, input: SliceInput, options: ExecuteOptions): Promise<readonly SliceRow[]> {
    if (!this.#slicer?.suits(bundle, options.limits)) {
      void this.#slicer?.end();
      this.#slicer = new StrategyThread(options.limits, 'slices');
    }
    const thread = this.#slicer;
    await thread.load(bundle, options);
    return thread.slice(input, options);
  }

  async indicators(bundle: Bundle, input: RunInput, options: ExecuteOptions): Promise<readonly IndicatorColumn[]> {
    const thread = this.#take(bundle, options.limits);
    try {
      await thread.load(bundle, options);
      return await thread.indicators(input, options);
    } finally {
      await thread.end();
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#waiting?.end(), this.#slicer?.end()]);
    this.#waiting = undefined;
    this.#slicer = undefined;
  }

  /** The waiting thread, if it is of use for this bundle; else a new one. */
  #take(bundle: Bundle, limits: ExecutorLimits): StrategyThread {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting?.suits(bundle, limits)) return waiting;
    void waiting?.end();
    return new StrategyThread(limits);
  }
}
