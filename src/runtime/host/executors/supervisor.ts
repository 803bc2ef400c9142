/**
 * Watches a thread from outside while it runs a strategy and therefore reads no messages: does its step move, how much
 * memory do its heap and its array buffers take, does the caller still want the result?
 */
import type { Worker } from 'node:worker_threads';
import { GoboolError } from '../../base/error.ts';
import type { ExecuteOptions } from '../executor.ts';
import { CONTROL } from './thread-messages.ts';

const TICK_MS = 40;
/** After a signal the engine may end its block by itself; then the thread is ended. */
const CANCEL_GRACE_MS = 150;

export interface Supervised {
  readonly worker: Worker;
  readonly control: Int32Array;
  readonly options: ExecuteOptions;
  /** How many steps there will be, for progress. */
  readonly steps: number;
  /** What to say when a step takes too long, or memory too much. */
  readonly timeoutError: (step: number) => GoboolError;
  readonly memoryError: (step: number) => GoboolError;
  /** Ends the thread, for this reason. */
  readonly end: (reason: unknown) => void;
}

/** Watches until it is disposed of. */
export function supervise(supervised: Supervised): Disposable {
  const watch = stepWatch(supervised);
  const checkMemory = memoryWatch(supervised);
  const timer = setInterval(() => {
    try {
      watch();
      checkMemory();
    } catch (error) {
      // Thrown by the caller's `onProgress`: it is the caller's to catch.
      supervised.end(error);
    }
  }, TICK_MS);
  const stopListening = onAbort(supervised);
  return {
    [Symbol.dispose]() {
      clearInterval(timer);
      stopListening();
    },
  };
}

function stepWatch({ control, options, steps, timeoutError, end }: Supervised): () => void {
  let lastStep = Number.NaN;
  let movedAtMs = performance.now();
  return () => {
    const step = Atomics.load(control, CONTROL.step);
    const nowMs = performance.now();
    if (step !== lastStep) {
      lastStep = step;
      movedAtMs = nowMs;
      if (step >= 0) options.onProgress?.(step, steps);
    } else if (nowMs - movedAtMs > options.limits.barTimeoutMs) {
      end(timeoutError(step));
    }
  };
}

/** The statistics arrive also while the thread loops: V8 interrupts it for them. */
function memoryWatch({ worker, control, options, memoryError, end }: Supervised): () => void {
  let isAsking = false;
  const ask = async (): Promise<void> => {
    const { used_heap_size: heapBytes, external_memory: bufferBytes } = await worker.getHeapStatistics();
    if (heapBytes + bufferBytes > options.limits.memoryMb * 1e6) end(memoryError(Atomics.load(control, CONTROL.step)));
  };
  return () => {
    if (isAsking) return;
    isAsking = true;
    /** Rejected only when the thread has ended, which is noticed elsewhere. */
    ask().then(
      () => {
        isAsking = false;
      },
      () => {},
    );
  };
}

function onAbort({ control, options: { signal }, end }: Supervised): () => void {
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    Atomics.store(control, CONTROL.stop, 1);
    timer = setTimeout(() => end(cancelled()), CANCEL_GRACE_MS);
  };
  signal?.addEventListener('abort', stop, { once: true });
  return () => {
    signal?.removeEventListener('abort', stop);
    clearTimeout(timer);
  };
}

/** The error of a run that its caller ended. */
export function cancelled(): GoboolError {
  return new GoboolError('GB_RUN_CANCELLED', 'The run was cancelled.');
}
