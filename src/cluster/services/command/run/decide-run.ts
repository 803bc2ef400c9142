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
  if (isFinal(run) || run.keyId !== keyId) return undefined;
  return { type: 'progressed', state: 'cancelled', completed: run.completed, failed: run.failed, running: 0 };
}

/** A run that is over stays where it was, and nobody moves a run of another key. `place`: the one that it gets. */
export function decideReorder(run: Run, { keyId, priority = run.priority }: Reorder, place: number): Moved | undefined {
  if (isFinal(run) || run.keyId !== keyId) return undefined;
  return priority === run.priority && place === run.place ? undefined : { type: 'moved', priority, place };
}

/** `before` is the task as it was, `after` as it is. */
export interface TaskChange {
  readonly before: Task;
  readonly after: Task;
  /** Where it failed for good. */
  readonly error?: ErrorOfRun;
}

/** One failed task ends the run; its open ones are dropped then. Nothing: no count changed. */
export function decideProgress(run: Run, changes: readonly TaskChange[]): RunEvent | undefined {
  if (isFinal(run) || changes.length === 0) return undefined;
  const counts = { completed: 0, failed: 0, running: 0 };
  for (const state of ['completed', 'failed', 'running'] as const)
    counts[state] = run[state] + changes.reduce((sum, change) => sum + stepOf(change, state), 0);
  const error = changes.find(change => change.error !== undefined)?.error;
  const state = stateOf(counts, run.total);
  if (state === 'failed') counts.running = 0;
  const isSame = (['completed', 'failed', 'running'] as const).every(name => counts[name] === run[name]);
  return isSame
    ? undefined
    : { type: 'progressed', state, ...counts, ...(error !== undefined && { error: briefError(error) }) };
}

const stepOf = ({ before, after }: TaskChange, state: Task['state']) =>
  Number(after.state === state) - Number(before.state === state);

/** A run whose only task is queued again waits again. */
function stateOf({ completed, failed, running }: TaskCounts, total: number): RunState {
  if (failed > 0) return 'failed';
  if (completed === total) return 'completed';
  return completed + running > 0 ? 'running' : 'queued';
}
