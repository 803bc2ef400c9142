/**
 * Watches a sandbox from outside. Inside, the executor has limits of its own, the exact ones that a laptop has; these
 * here hold where a task has got around those: a little later, a little larger.
 */
import type { GoboolError } from '../../runtime/base/error.ts';
import type { ExecutorLimits } from '../../runtime/host/executor.ts';
import { type ProcessUsage, usageOf } from './process-usage.ts';
import type { SandboxOutcome, SandboxUsage } from './sandbox.ts';
import type { SpawnedSandbox } from './spawn-sandbox.ts';
import { protocolError } from './wire.ts';

const TICK_MS = 50;
/** Beyond the time of a bar: until the limit inside has ended the task and said so, on a busy machine. */
const GRACE_MS = 3_000;
/** Of a task altogether, whatever it says of its steps. */
const TASK_MS = 3_600_000;
/** Node itself, the program inside, garbage that waits for its collection. */
const BASE_BYTES = 300_000_000;
const GARBAGE_RATIO = 1.5;
/** An input is read, decoded and shared: so often it may be there. */
const INPUT_COPIES = 4;
/** Node and its threads, with those that a run has. */
const MAX_THREADS = 48;

export interface Watched {
  readonly spawned: SpawnedSandbox;
  readonly limits: ExecutorLimits;
  readonly inputBytes: number;
  readonly onFailure: (outcome: Failure) => void;
}

export type Failure = Exclude<SandboxOutcome, { verdict: 'DONE' }>;

export class Watchdog implements Disposable {
  readonly #watched: Watched;
  readonly #maxBytes: number;
  readonly #timer: NodeJS.Timeout;
  #lastTickMs = performance.now();
  #stillMs = 0;
  #totalMs = 0;
  #isHeld = false;
  #usage: SandboxUsage = { cpuMs: 0, peakBytes: 0 };

  constructor(watched: Watched) {
    this.#watched = watched;
    const { limits, inputBytes } = watched;
    this.#maxBytes = BASE_BYTES + GARBAGE_RATIO * limits.memoryMb * 1e6 + INPUT_COPIES * inputBytes;
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  /** The task moves. */
  moved(): void {
    this.#stillMs = 0;
  }

  /** While the host keeps the task waiting, its time stands still. */
  async hold(work: Promise<void>): Promise<void> {
    this.#isHeld = true;
    try {
      await work;
    } finally {
      this.#isHeld = false;
      this.moved();
    }
  }

  /** What was used until now. */
  usage(): SandboxUsage {
    this.#look();
    return this.#usage;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const nowMs = performance.now();
    // A tick that comes late, because this process was busy or asleep, counts as one.
    const elapsedMs = this.#isHeld ? 0 : Math.min(nowMs - this.#lastTickMs, 2 * TICK_MS);
    this.#lastTickMs = nowMs;
    this.#stillMs += elapsedMs;
    this.#totalMs += elapsedMs;
    const failure = this.#timeFailure() ?? this.#usageFailure();
    if (failure !== undefined) this.#watched.onFailure(failure);
  }

  #timeFailure(): Failure | undefined {
    const { barTimeoutMs } = this.#watched.limits;
    if (this.#stillMs <= barTimeoutMs + GRACE_MS && this.#totalMs <= TASK_MS) return undefined;
    const what = this.#totalMs > TASK_MS ? `end within ${TASK_MS / 1000} s` : `move for ${this.#stillMs / 1000} s`;
    const message = `The task did not ${what}.`;
    return { verdict: 'TIMEOUT', error: { code: 'GB_STRATEGY_TIMEOUT', message } };
  }

  #usageFailure(): Failure | undefined {
    const { spawned, limits } = this.#watched;
    const { maxProcesses, log } = spawned;
    if (log.isFull) return failureOf('PROTOCOL', protocolError('it filled its error output'));
    const { processes, threads, bytes } = this.#look();
    if (bytes > this.#maxBytes) {
      const message = `The strategy used more than ${limits.memoryMb} MB of memory.`;
      return { verdict: 'OOM', error: { code: 'GB_STRATEGY_MEMORY', message } };
    }
    if (processes > maxProcesses) return failureOf('PROTOCOL', protocolError('it started processes'));
    if (threads > MAX_THREADS + maxProcesses) return failureOf('PROTOCOL', protocolError('it started threads'));
    return undefined;
  }

  /** A process that is gone takes nothing. */
  #look(): ProcessUsage {
    const { pid, maxProcesses } = this.#watched.spawned;
    const usage = usageOf(pid, maxProcesses);
    const { cpuMs, peakBytes } = this.#usage;
    this.#usage = { cpuMs: Math.max(cpuMs, usage.cpuMs), peakBytes: Math.max(peakBytes, usage.bytes) };
    return usage;
  }
}

export function failureOf(verdict: Failure['verdict'], { code, message }: GoboolError): Failure {
  return { verdict, error: { code, message } };
}
