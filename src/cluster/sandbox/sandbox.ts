/**
 * A process of its own in which one task of somebody else's code runs, once: no network, no files, no environment,
 * limits on memory, processes, time and output. Only two pipes lead in and out, and what comes out is treated as
 * hostile.
 */
import type { ErrorData } from '../../runtime/base/error.ts';
import type { Verdict } from '../contracts/messages/task-events.ts';
import type { TaskSpec } from '../contracts/run-spec.ts';

export interface SandboxTask {
  readonly spec: TaskSpec;
  /** Text of the bundle. */
  readonly bundle: string;
  /** The frame that `spec.input` names; absent for `describe`. */
  readonly input?: Buffer;
  /** The frames that `spec.datasets` names, by hash. */
  readonly datasets: ReadonlyMap<string, Buffer>;
}

export interface SandboxHooks {
  /** Pieces in order, checked, as the bytes to publish; the next one waits until it resolves (back-pressure). */
  readonly onPiece: (seq: number, frame: Buffer) => Promise<void>;
  /** A few times a second. */
  readonly onProgress: (step: number, steps: number) => void;
  /** Once, when the task is over. */
  readonly onUsage?: (usage: SandboxUsage) => void;
  /** Ends the task with the verdict CANCELLED. */
  readonly signal: AbortSignal;
}

/** What the process of a task took, as far as it was seen. */
export interface SandboxUsage {
  /** Of the processor, with the time in which it warmed. */
  readonly cpuMs: number;
  /** The most that it had at once. */
  readonly peakBytes: number;
}

export type SandboxOutcome =
  /** `resultHash`: of a run, computed outside of the sandbox from what came out. */
  | { readonly verdict: 'DONE'; readonly pieces: number; readonly rootHash: string; readonly resultHash?: string }
  | { readonly verdict: Exclude<Verdict, 'WORKER'>; readonly error: ErrorData };

export interface Sandbox extends AsyncDisposable {
  /** As the host numbers it. */
  readonly pid: number;
  /** Resolves when it is warm; rejects with `GB_SANDBOX_UNAVAILABLE` where it cannot be had on this machine. */
  readonly ready: Promise<void>;
  /** Once. Never rejects because of what the task does. */
  readonly run: (task: SandboxTask, hooks: SandboxHooks) => Promise<SandboxOutcome>;
}

export interface SandboxOptions {
  /** Pins it and all that it starts to this processor. */
  readonly cpu?: number;
  /** Only where a person says so: a plain child process without isolation. */
  readonly unsafe?: boolean;
}
