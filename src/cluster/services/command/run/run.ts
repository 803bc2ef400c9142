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
}

export interface TaskCounts {
  readonly completed: number;
  readonly failed: number;
  readonly running: number;
}

export interface Run extends Submission, TaskCounts {
  readonly runId: string;
  /** Number of its events, and the version of `run.changed.v1`. */
  readonly version: number;
  readonly state: RunState;
  readonly traceparent: string | null;
  readonly error: ErrorOfRun | null;
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
  | ({ readonly type: 'progressed'; readonly state: RunState; readonly error?: ErrorOfRun } & TaskCounts);

export const isFinal = ({ state }: Run): boolean => !(state === 'queued' || state === 'running');

export function newRun(runId: string, event: FirstRunEvent): Run {
  const { type, ...submission } = event;
  const state = type === 'submitted' ? 'queued' : 'rejected';
  return {
    runId,
    version: 1,
    state,
    completed: 0,
    failed: 0,
    running: 0,
    error: null,
    traceparent: null,
    ...submission,
  };
}

/** Every later event. */
export function evolveRun(run: Run, event: RunEvent): Run {
  const version = run.version + 1;
  if (event.type === 'refused') return { ...run, version };
  const { type: _, ...changed } = event;
  return { ...run, ...changed, version };
}
