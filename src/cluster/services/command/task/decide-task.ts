/**
 * What may become of a task: the fence. A fact is about one attempt on one worker; when the task has gone on meanwhile,
 * the fact changes nothing. Pure.
 */
import type { MessageOf } from '../../../contracts/define-message.ts';
import {
  isFinalVerdict,
  type taskClaimed,
  type taskCompleted,
  type taskFailed,
  type taskReturned,
  type Verdict,
} from '../../../contracts/messages/task-events.ts';
import { type Policies, policyOf } from '../hospital/policies.ts';
import { type ErrorOfTask, isOpen, isTaken, type Task, type TaskEvent, type TaskPlace } from './task.ts';

export type TaskFact =
  | ({ readonly type: 'dispatch' } & TaskPlace)
  | ({ readonly type: 'claimed' } & MessageOf<typeof taskClaimed>)
  | ({ readonly type: 'completed' } & MessageOf<typeof taskCompleted>)
  | ({ readonly type: 'failed' } & MessageOf<typeof taskFailed>)
  | ({ readonly type: 'returned' } & MessageOf<typeof taskReturned>)
  /** Its worker did not say in time that it took it. */
  | { readonly type: 'unclaimed'; readonly attempt: number }
  /** Its worker is gone. */
  | { readonly type: 'lost'; readonly attempt: number; readonly workerId: string }
  /** Nobody wants it any more. */
  | { readonly type: 'drop' }
  /** A person says of its case that it is to be tried again, or that it is given up. */
  | { readonly type: 'retry' }
  | { readonly type: 'discard'; readonly error: ErrorOfTask };

/**
 * How many workers may vanish under one task. More of them than failures: a worker often ends for reasons of its own.
 */
const LOSSES_MAX = 10;

/** Returned so often, a task waits before the next attempt, twice as long each time. */
const RETURNS_AT_ONCE = 3;
const FIRST_RETURN_PAUSE_MS = 100;
export const RETURN_PAUSE_MAX_MS = 5_000;

/**
 * `nowMs`: epoch milliseconds. `policies`: for tasks that fail through no fault of their own. Nothing: the fact comes
 * too late, or twice.
 */
export function decideTask(task: Task, fact: TaskFact, nowMs: number, policies: Policies = {}): TaskEvent | undefined {
  switch (fact.type) {
    case 'dispatch': {
      const { workerId, slot, partition } = fact;
      if (task.state !== 'queued') return undefined;
      return { type: 'dispatched', attempt: task.attempt + 1, dispatchedMs: nowMs, workerId, slot, partition };
    }
    case 'claimed':
      if (task.state !== 'dispatched' || !isOfAttempt(task, fact)) return undefined;
      return { type: 'claimed', pid: fact.pid, cpu: fact.cpu };
    case 'completed':
      return isTaken(task) && isOfAttempt(task, fact) ? completed(fact) : undefined;
    case 'failed':
      return isTaken(task) && isOfAttempt(task, fact) ? afterFailure(task, fact, nowMs, policies) : undefined;
    case 'returned':
      return isReturned(task, fact)
        ? requeued('returned', nowMs + returnPauseMs(fact.attempt), fact.reason)
        : undefined;
    case 'unclaimed':
      return task.state === 'dispatched' && task.attempt === fact.attempt ? requeued('unclaimed', nowMs) : undefined;
    case 'lost':
      return isTaken(task) && isOfAttempt(task, fact) ? afterLoss(task, nowMs, policies) : undefined;
    case 'drop':
      return isOpen(task) ? { type: 'cancelled' } : undefined;
    case 'retry':
      return task.state === 'hospital' ? requeued('resolved', nowMs) : undefined;
    case 'discard':
      return task.state === 'hospital' ? { type: 'failed', verdict: 'WORKER', error: fact.error } : undefined;
  }
}

const isOfAttempt = (task: Task, fact: { readonly attempt: number; readonly workerId: string }) =>
  task.attempt === fact.attempt && task.workerId === fact.workerId;

/** Whoever met with the message may return it, as long as nobody took it. */
const isReturned = (task: Task, fact: MessageOf<typeof taskReturned>) =>
  task.state === 'dispatched' ? task.attempt === fact.attempt : task.state === 'running' && isOfAttempt(task, fact);

function completed({ pieces, rootHash, resultHash, elapsedMs }: MessageOf<typeof taskCompleted>): TaskEvent {
  return { type: 'completed', pieces, rootHash, elapsedMs, ...(resultHash !== undefined && { resultHash }) };
}

const requeued = (
  reason: Extract<TaskEvent, { type: 'requeued' }>['reason'],
  notBeforeMs: number,
  detail?: string,
): TaskEvent => ({ type: 'requeued', reason, notBeforeMs, ...(detail !== undefined && { detail }) });

function afterFailure(
  task: Task,
  { verdict, error }: MessageOf<typeof taskFailed>,
  nowMs: number,
  policies: Policies,
): TaskEvent {
  if (isFinalVerdict(verdict)) return { type: 'failed', verdict, error };
  const pauseMs = policyOf(policies, error.code).retryMs[task.failures];
  if (pauseMs === undefined) return afterAll(verdict, error, policies);
  return requeued('failed', nowMs + pauseMs, `${verdict} ${error.code}: ${error.message.slice(0, 1_000)}`);
}

function afterLoss(task: Task, nowMs: number, policies: Policies): TaskEvent {
  if (task.losses + 1 < LOSSES_MAX) return requeued('lost', nowMs);
  const message = `${LOSSES_MAX} workers vanished while they ran this task.`;
  return afterAll('WORKER', { code: 'GB_TASK_WORKERS_LOST', message }, policies);
}

const afterAll = (verdict: Verdict, error: ErrorOfTask, policies: Policies): TaskEvent => ({
  type: policyOf(policies, error.code).finally === 'ignore' ? 'failed' : 'hospital',
  verdict,
  error,
});

function returnPauseMs(attempt: number): number {
  const more = attempt - RETURNS_AT_ONCE;
  return more <= 0 ? 0 : Math.min(FIRST_RETURN_PAUSE_MS * 2 ** (more - 1), RETURN_PAUSE_MAX_MS);
}
