/** A task as the sum of its events. */
import type { Static } from 'typebox';
import type { ErrorFields } from '../../../contracts/fields.ts';
import type { Verdict } from '../../../contracts/messages/task-events.ts';

export type ErrorOfTask = Static<typeof ErrorFields>;

export interface Task {
  readonly taskId: string;
  readonly runId: string;
  /** 0, 1, 2 ... in its run. */
  readonly number: number;
  /** Number of its events. */
  readonly version: number;
  /**
   * `dispatched`: given to a worker that has not said yet that it took it. `hospital`: a person decides what becomes of
   * it.
   */
  readonly state: 'queued' | 'dispatched' | 'running' | 'hospital' | 'completed' | 'failed' | 'cancelled';
  readonly keyId: string;
  readonly priority: number;
  /** Its run's place in the queue: smaller is older. A task that is queued again comes back to it. */
  readonly place: number;
  /** Of the latest dispatch; 0 before the first one. */
  readonly attempt: number;
  /** Attempts that ended through no fault of the strategy, since a person looked at it last. */
  readonly failures: number;
  /** Attempts whose worker vanished, since then. */
  readonly losses: number;
  /** Not dispatched earlier; epoch milliseconds. */
  readonly notBeforeMs: number;
  /** The latest time; 0 before the first one. Epoch milliseconds. */
  readonly dispatchedMs: number;
  /** Of the latest attempt. Null: none yet, or its worker never answered, so that its slot is still open. */
  readonly workerId: string | null;
  readonly slot: number | null;
  readonly partition: number | null;
}

export interface TaskPlace {
  readonly workerId: string;
  readonly slot: number;
  readonly partition: number;
}

/** `resolved`: by a person. */
type RequeueReason = 'unclaimed' | 'returned' | 'failed' | 'lost' | 'resolved';

export type TaskEvent =
  | ({ readonly type: 'queued' } & Pick<Task, 'runId' | 'number' | 'keyId' | 'priority' | 'place'>)
  | ({ readonly type: 'dispatched'; readonly attempt: number; readonly dispatchedMs: number } & TaskPlace)
  | { readonly type: 'claimed'; readonly pid: number; readonly cpu: number | null }
  | {
      readonly type: 'requeued';
      readonly reason: RequeueReason;
      readonly notBeforeMs: number;
      readonly detail?: string;
    }
  | {
      readonly type: 'completed';
      readonly pieces: number;
      readonly rootHash: string;
      readonly resultHash?: string;
      readonly elapsedMs: number;
    }
  /** Its run was moved in the queue. */
  | { readonly type: 'moved'; readonly priority: number; readonly place: number }
  | { readonly type: 'hospital' | 'failed'; readonly verdict: Verdict; readonly error: ErrorOfTask }
  | { readonly type: 'cancelled' };

/** It failed, or waits for a person. */
export type BadEnding = Extract<TaskEvent, { type: 'hospital' | 'failed' }>;

export type FirstTaskEvent = Extract<TaskEvent, { type: 'queued' }>;

export const isBadEnding = (event: TaskEvent): event is BadEnding =>
  event.type === 'hospital' || event.type === 'failed';
export const isTaken = ({ state }: Task): boolean => state === 'dispatched' || state === 'running';
export const isOpen = (task: Task): boolean => task.state === 'queued' || task.state === 'hospital' || isTaken(task);

/** A task's first event. */
export function newTask(taskId: string, event: FirstTaskEvent): Task {
  const { type: _, ...fields } = event;
  const none = {
    attempt: 0,
    failures: 0,
    losses: 0,
    notBeforeMs: 0,
    dispatchedMs: 0,
    workerId: null,
    slot: null,
    partition: null,
  };
  return { taskId, ...fields, version: 1, state: 'queued', ...none };
}

/** Every later one. */
export function evolveTask(task: Task, event: TaskEvent): Task {
  return { ...task, ...changeBy(task, event), version: task.version + 1 };
}

function changeBy(task: Task, event: TaskEvent): Partial<Task> {
  switch (event.type) {
    case 'queued':
      return {};
    case 'dispatched': {
      const { type: state, ...fields } = event;
      return { state, ...fields };
    }
    case 'claimed':
      return { state: 'running' };
    case 'moved':
      return { priority: event.priority, place: event.place };
    case 'requeued':
      return { state: 'queued', notBeforeMs: event.notBeforeMs, ...afterRequeue(task, event.reason) };
    case 'hospital':
    case 'completed':
    case 'failed':
    case 'cancelled':
      return { state: event.type };
  }
}

function afterRequeue({ failures, losses }: Task, reason: RequeueReason): Partial<Task> {
  switch (reason) {
    case 'unclaimed':
      return { workerId: null, slot: null, partition: null };
    case 'returned':
      return {};
    case 'failed':
      return { failures: failures + 1 };
    case 'lost':
      return { losses: losses + 1 };
    case 'resolved':
      return { failures: 0, losses: 0 };
  }
}
