/** A run as the sum of its events. Its tasks are streams of their own; what it knows of them are counts. */
import type { Static } from 'typebox';
import type { ErrorFields } from '../../../contracts/fields.ts';
import type { RunState } from '../../../contracts/messages/run-changed.ts';
import type { RunSpec } from '../../../contracts/run-spec.ts';

export type ErrorOfRun = Static<typeof ErrorFields>;

/** As it was submitted. */
interface Submission {
  readonly keyId: string;
  readonly name: string;
  readonly priority: number;
  readonly payloadHash: string;
  readonly submittedMs: number;
  readonly correlationId: string;
  /** Of the step that took it in. Absent where it was taken in before there were traces. */
  readonly traceparent?: string | null;
  readonly spec: RunSpec;
  /** In the queue: smaller is older. */
  readonly place: number;
  /** Tasks. */
  readonly total: number;
  /** By then it is over, or fails. Epoch milliseconds. */
  readonly deadlineMs?: number;
  /** Told by a POST when it is over. */
  readonly callback?: string;
}

export interface TaskCounts {
  readonly completed: number;
  readonly failed: number;
  readonly running: number;
  /** In the hospital. */
  readonly ill: number;
}

export interface Run extends Omit<Submission, 'deadlineMs' | 'callback'>, TaskCounts {
  readonly runId: string;
  /** Number of its events, and the version of `run.changed.v1`. */
  readonly version: number;
  readonly state: RunState;
  readonly error: ErrorOfRun | null;
  readonly deadlineMs: number | null;
  readonly callback: string | null;
  readonly traceparent: string | null;
}

/** To another place in the queue. */
export interface Moved {
  readonly type: 'moved';
  readonly priority: number;
  readonly place: number;
}

export type FirstRunEvent =
  | ({ readonly type: 'submitted' } & Submission)
  | ({ readonly type: 'rejected'; readonly error: ErrorOfRun } & Submission);

export type RunEvent =
  /** Somebody submitted something else under its id: refused, the run stays what it is. */
  | { readonly type: 'refused'; readonly payloadHash: string }
  | Moved
  /** Those of the first release have no `ill`: it stays 0. An `error` that is absent stays, too. */
  | ({ readonly type: 'progressed'; readonly state: RunState; readonly error?: ErrorOfRun | null } & TaskCounts);

const OPEN: ReadonlySet<RunState> = new Set(['queued', 'running', 'hospital']);

export const isFinal = ({ state }: Run): boolean => !OPEN.has(state);

export function newRun(runId: string, event: FirstRunEvent): Run {
  const { type, ...submission } = event;
  const state = type === 'submitted' ? 'queued' : 'rejected';
  const none = { completed: 0, failed: 0, running: 0, ill: 0, error: null };
  const unsaid = { deadlineMs: null, callback: null, traceparent: null };
  return { runId, version: 1, state, ...none, ...unsaid, ...submission };
}

/** Every later event. */
export function evolveRun(run: Run, event: RunEvent): Run {
  const version = run.version + 1;
  if (event.type === 'refused') return { ...run, version };
  const { type: _, ...changed } = event;
  return { ...run, ...changed, version };
}
