/**
 * The port through which bundles run. Adapters: `executors/inline-executor.ts`, `executors/thread-executor.ts`, and the
 * cluster's.
 */
import type { Chunk, IndicatorColumn, RunInput, RunSummary, SliceInput, StrategyDescription } from '../bundle/abi.ts';
import type { Bundle } from './bundler/bundle-strategy.ts';
import type { SliceRow } from './hashed-slice.ts';

export interface ExecutorLimits {
  /** The watchdog ends a run that stays on one bar for longer. */
  readonly barTimeoutMs: number;
  /** JavaScript heap and array buffers together may take this many MB (10^6 bytes). Shared input does not count. */
  readonly memoryMb: number;
}

export const DEFAULT_LIMITS: ExecutorLimits = { barTimeoutMs: 10_000, memoryMb: 1_024 };

export interface ExecuteOptions {
  readonly limits: ExecutorLimits;
  /** Ends the run with GB_RUN_CANCELLED. */
  readonly signal?: AbortSignal;
  /** Called a few times a second: the step that runs now, and how many there are. */
  readonly onProgress?: (step: number, steps: number) => void;
}

export interface Executor {
  readonly name: 'inline' | 'thread' | 'cluster';
  /** What it protects against, in one sentence for users. */
  readonly guarantees: string;
  /** Starts whatever takes time to start, while the caller still bundles and loads. */
  prepare(limits: ExecutorLimits, purpose?: 'run' | 'slices'): void;
  /** What the strategy declares. Runs the top level of its files. */
  describe(bundle: Bundle, options: ExecuteOptions): Promise<StrategyDescription>;
  /**
   * One run. Chunks arrive in order before the promise resolves.
   * Throws the coded error of the strategy, with its place in the user's source; GB_STRATEGY_TIMEOUT,
   * GB_STRATEGY_MEMORY, GB_RUN_CANCELLED, GB_BUNDLE_ABI.
   */
  run(bundle: Bundle, input: RunInput, onChunk: (chunk: Chunk) => void, options: ExecuteOptions): Promise<RunSummary>;
  /**
   * Many runs at once; one row per set, in order. Of several slices those that one executor runs share the variables of
   * the strategy's files. Throws what `run` throws.
   */
  slice(bundle: Bundle, input: SliceInput, options: ExecuteOptions): Promise<readonly SliceRow[]>;
  /** The strategy's indicators over all bars. Throws what `run` throws. */
  indicators(bundle: Bundle, input: RunInput, options: ExecuteOptions): Promise<readonly IndicatorColumn[]>;
  /** Lets go of threads that wait for work. */
  close(): Promise<void>;
}
