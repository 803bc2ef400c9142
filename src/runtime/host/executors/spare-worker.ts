/**
 * A worker thread takes as long to start as everything that a backtest does before it needs one. So a process that will
 * need one may start it first of all, before the code that uses it is loaded: this file imports next to nothing.
 */
import { Worker } from 'node:worker_threads';
import { DEFAULT_LIMITS } from '../executor.ts';
import { THREAD_WORKER_URL } from '../own-files.ts';

/**
 * V8's own limit, beyond ours: where it strikes in the middle of one large allocation, it can take the process with it.
 */
const HEAP_ROOM = 2;

/**
 * Sizes of the nursery, MB. A run makes much garbage and keeps little, and a large nursery would only be touched for
 * nothing; a slice keeps its runs, which a small one would copy again and again.
 */
const NURSERY_MB = { run: 6, slices: 32 };

/** What a thread is going to do. */
export type ThreadPurpose = keyof typeof NURSERY_MB;

let spare: { readonly worker: Worker; readonly memoryMb: number } | undefined;

/** Starts the thread that the next `takeWorker` gives away, for a run. */
export function startSpareWorker({ memoryMb } = DEFAULT_LIMITS): void {
  spare ??= { worker: startWorker(memoryMb, 'run'), memoryMb };
}

/** A fresh thread that does not keep the process alive. */
export function takeWorker(memoryMb: number, purpose: ThreadPurpose): Worker {
  if (purpose !== 'run') return startWorker(memoryMb, purpose);
  const taken = spare;
  spare = undefined;
  if (taken?.memoryMb === memoryMb) return taken.worker;
  void taken?.worker.terminate();
  return startWorker(memoryMb, purpose);
}

function startWorker(memoryMb: number, purpose: ThreadPurpose): Worker {
  const worker = new Worker(THREAD_WORKER_URL, {
    resourceLimits: {
      maxOldGenerationSizeMb: HEAP_ROOM * memoryMb,
      maxYoungGenerationSizeMb: NURSERY_MB[purpose],
    },
  });
  worker.unref();
  return worker;
}
