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

let spare: { readonly worker: Worker; readonly memoryMb: number } | undefined;

/** A small nursery: a run makes much garbage and keeps little, and a large one would only be touched for nothing. */
const YOUNG_MB = 6;

/** Starts the thread that the next `takeWorker` gives away. */
export function startSpareWorker({ memoryMb } = DEFAULT_LIMITS): void {
  spare ??= { worker: startWorker(memoryMb), memoryMb };
}

/** A fresh thread that does not keep the process alive. */
export function takeWorker(memoryMb: number): Worker {
  const taken = spare;
  spare = undefined;
  if (taken?.memoryMb === memoryMb) return taken.worker;
  void taken?.worker.terminate();
  return startWorker(memoryMb);
}

function startWorker(memoryMb: number): Worker {
  const worker = new Worker(THREAD_WORKER_URL, {
    resourceLimits: { maxOldGenerationSizeMb: HEAP_ROOM * memoryMb, maxYoungGenerationSizeMb: YOUNG_MB },
  });
  worker.unref();
  return worker;
}
