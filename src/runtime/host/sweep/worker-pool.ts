/** Runs slices on several executors at once: each takes the next slice as soon as it is free. */
import type { SliceInput } from '../../bundle/abi.ts';
import type { Bundle } from '../bundler/bundle-strategy.ts';
import type { ExecuteOptions, Executor } from '../executor.ts';
import type { SliceRow } from '../hashed-slice.ts';

export interface SliceWork {
  readonly bundle: Bundle;
  readonly inputOf: (slice: readonly number[]) => SliceInput;
  readonly slices: readonly (readonly number[])[];
  /** Called as slices end, in any order. */
  readonly onRows: (slice: readonly number[], rows: readonly SliceRow[]) => void;
}

/** Throws the first failure; then the other executors are told to stop, and have stopped. */
export async function runSlices(
  executors: readonly Executor[],
  { bundle, inputOf, slices, onRows }: SliceWork,
  execute: ExecuteOptions,
): Promise<void> {
  const failed = new AbortController();
  const signals = execute.signal === undefined ? [failed.signal] : [execute.signal, failed.signal];
  const options = { ...execute, signal: AbortSignal.any(signals) };
  const queue = slices.values();
  const work = async (executor: Executor): Promise<void> => {
    for (const slice of queue) onRows(slice, await executor.slice(bundle, inputOf(slice), options));
  };
  const first: { error?: unknown } = {};
  await Promise.all(
    executors.map(executor =>
      work(executor).catch((error: unknown) => {
        first.error ??= error;
        failed.abort();
      }),
    ),
  );
  if (first.error !== undefined) throw first.error;
}
