/** What becomes of a run when its tasks change. Pure. */
import type { MessageOf } from '../../../contracts/define-message.ts';
import type { RunState } from '../../../contracts/messages/run-changed.ts';
import type { runReorder } from '../../../contracts/messages/run-reorder.ts';
import type { runSubmit } from '../../../contracts/messages/run-submit.ts';
import type { Cause } from '../../common/trace.ts';
import type { Task } from '../task/task.ts';
import { briefError } from './brief-error.ts';
import {
  type ErrorOfRun,
  type FirstRunEvent,
  isFinal,
  type Moved,
  type Run,
  type RunEvent,
  type TaskCounts,
} from './run.ts';
import { taskCount } from './task-spec.ts';

/** More of them are refused: their rows are written in one transaction. */
const TASKS_MAX = 10_000;

type Submit = MessageOf<typeof runSubmit>;
type Reorder = MessageOf<typeof runReorder>;

export interface Arrival extends Cause {
  readonly place: number;
}

export function decideSubmit(submit: Submit, { correlationId, traceparent, place }: Arrival): FirstRunEvent {
  const { runId: _, ...fields } = submit;
  const total = taskCount(submit.spec);
  const submission = { ...fields, correlationId, traceparent, place, total };
  if (total <= TASKS_MAX) return { type: 'submitted', ...submission };
  const message = `The run has ${total} tasks, of ${TASKS_MAX} at most.`;
  return { type: 'rejected', ...submission, error: { code: 'GB_RUN_TOO_LARGE', message } };
}

/** The same submit again is nothing new. */
export function decideAgain(run: Run, { payloadHash }: Submit): RunEvent | undefined {
  return payloadHash === run.payloadHash ? undefined : { type: 'refused', payloadHash };
}

/** A run that is over stays so, and nobody cancels a run of another key. Its open tasks are dropped then. */
export function decideCancel(run: Run, keyId: string): RunEvent | undefined {
  return isFinal(run) || run.keyId !== keyId ? undefined : { ...ended(run), state: 'cancelled' };
}

/** A run that is over in time stays so. The open tasks of another one are dropped. `nowMs`: epoch milliseconds. */
export function decideDeadline(run: Run, nowMs: number): RunEvent | undefined {
  const { deadlineMs } = run;
  if (isFinal(run) || deadlineMs === null || nowMs < deadlineMs) return undefined;
  const message = `The run was not over by ${new Date(deadlineMs).toISOString()}.`;
  return { ...ended(run), state: 'failed', error: { code: 'GB_DEADLINE_PASSED', message } };
}

const ended = ({ completed, failed }: Run) => ({ type: 'progressed', completed, failed, running: 0, ill: 0 }) as const;

/** A run that is over stays where it was, and nobody moves a run of another key. `place`: the one that it gets. */
export function decideReorder(run: Run, { keyId, priority = run.priority }: Reorder, place: number): Moved | undefined {
  if (isFinal(run) || run.keyId !== keyId) return undefined;
  return priority === run.priority && place === run.place ? undefined : { type: 'moved', priority, place };
}

/** `before` is the task as it was, `after` as it is. */
export interface TaskChange {
  readonly before: Task;
  readonly after: Task;
  /** Where it failed for good, or waits for a person. */
  readonly error?: ErrorOfRun;
}

const COUNTED = ['completed', 'failed', 'running', 'ill'] as const;

/** What of a task's state a run counts. */
const STATE = { completed: 'completed', failed: 'failed', running: 'running', ill: 'hospital' } as const;

/**
 * One failed task ends the run; its open ones are dropped then. One in the hospital lets the others go on. Nothing: no
 * count changed.
 */
export function decideProgress(run: Run, changes: readonly TaskChange[]): RunEvent | undefined {
  if (isFinal(run) || changes.length === 0) return undefined;
  const counts = { completed: 0, failed: 0, running: 0, ill: 0 };
  for (const name of COUNTED) counts[name] = run[name] + changes.reduce((sum, change) => sum + stepOf(change, name), 0);
  if (COUNTED.every(name => counts[name] === run[name])) return undefined;
  const state = stateOf(counts, run.total);
  const error = changes.find(change => change.error !== undefined)?.error;
  if (state === 'failed') Object.assign(counts, { running: 0, ill: 0 });
  return { type: 'progressed', state, ...counts, ...errorAfter(counts, run, error) };
}

const stepOf = ({ before, after }: TaskChange, name: keyof TaskCounts) =>
  Number(after.state === STATE[name]) - Number(before.state === STATE[name]);

/** A run whose only task is queued again waits again. One in the hospital waits for a person, and for nothing else. */
function stateOf({ completed, failed, running, ill }: TaskCounts, total: number): RunState {
  if (failed > 0) return 'failed';
  if (completed === total) return 'completed';
  if (completed + ill === total) return 'hospital';
  return completed + running > 0 ? 'running' : 'queued';
}

/** With the last patient its error goes, too. */
function errorAfter({ failed, ill }: TaskCounts, run: Run, error: ErrorOfRun | undefined) {
  if (error !== undefined) return { error: briefError(error) };
  return failed + ill === 0 && run.error !== null ? { error: null } : {};
}
