/** Ends a transaction: what changed is written, and everybody who has to know gets a message. */

import type { MessageOf } from '../../contracts/define-message.ts';
import { runChanged } from '../../contracts/messages/run-changed.ts';
import { taskStop } from '../../contracts/messages/task-stop.ts';
import type { Queries } from '../../ports/sql.ts';
import type { Cause } from '../common/trace.ts';
import { callback, type Delivery } from './delivery/delivery.ts';
import { dischargeTasks } from './hospital/task-cases.ts';
import { type FirstRunEvent, isFinal, type Run, type RunEvent } from './run/run.ts';
import type { Changes } from './store/changes.ts';
import { outboxRow, post } from './store/outbox.ts';
import { positions } from './store/queue.ts';
import type { OutboxRow } from './store/tables.ts';
import { isTaken, type Task } from './task/task.ts';

type ChangedRun = ReturnType<Changes['runs']['prolonged']>[number];

/** `others`: messages besides those that follow from the changes. */
export async function settle(queries: Queries, changes: Changes, others: readonly OutboxRow[] = []): Promise<void> {
  await dischargeTasks(changes);
  const runs = changes.runs.prolonged();
  changes.deliveries.push(...runs.flatMap(run => callbackOf(run, changes.nowMs)));
  await changes.save();
  const queued = runs.filter(({ now }) => now.state === 'queued').map(({ id }) => id);
  const ahead = await positions(queries, queued);
  const news = runs.map(({ id, now, events }) => {
    const message = newsOf(now, events, ahead.get(id) ?? null, changes.nowMs);
    return outboxRow(runChanged, message, { key: id, cause: now });
  });
  await post(queries, [...news, ...stopsOf(changes), ...others]);
}

/** Of a run that has just ended, for whoever waits for it. */
function callbackOf({ before, now, events }: ChangedRun, atMs: number): readonly Delivery[] {
  const isNews = isFinal(now) && (before === undefined || !isFinal(before));
  return isNews && now.callback !== null ? [callback(now.callback, newsOf(now, events, null, atMs), now)] : [];
}

function newsOf(
  run: Run,
  events: readonly (RunEvent | FirstRunEvent)[],
  position: number | null,
  atMs: number,
): MessageOf<typeof runChanged> {
  const { runId, version, state, name, keyId, priority, total, completed, failed, running, spec } = run;
  const error = errorOf(run, events);
  return {
    runId,
    version,
    atMs,
    state,
    kind: spec.kind,
    name,
    keyId,
    priority,
    tasks: { total, completed, failed, running },
    position,
    ...(error !== null && { error }),
  };
}

function errorOf({ error }: Run, events: readonly (RunEvent | FirstRunEvent)[]): Run['error'] {
  if (!events.some(({ type }) => type === 'refused')) return error;
  const message = 'Something else was submitted under the idempotency key of this run, and refused.';
  return { code: 'GB_RUN_OTHER_PAYLOAD', message };
}

/** Attempts that run and that nobody wants any more. */
const stopsOf = (changes: Changes): readonly OutboxRow[] =>
  changes.tasks.prolonged().flatMap(({ before, now }) => {
    if (before === undefined || !isTaken(before) || now.state !== 'cancelled') return [];
    return stopOf(now, changes.runs.get(now.runId) ?? { correlationId: now.runId, traceparent: null });
  });

function stopOf({ taskId, attempt, workerId, partition }: Task, cause: Cause): readonly OutboxRow[] {
  if (workerId === null || partition === null) return [];
  return [outboxRow(taskStop, { taskId, attempt, workerId }, { key: taskId, cause, partition })];
}
