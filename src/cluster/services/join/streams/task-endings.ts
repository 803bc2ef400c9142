/** How a task ended, from what its worker said of it or from what became of its run. */
import type { RunDocument, TaskDocument } from '../store/views.ts';
import type { TaskEnding } from './task-stream.ts';

type Ended = Pick<TaskDocument, 'state' | 'pieces' | 'rootHash' | 'resultHash' | 'error'>;

export function taskEndingOf({ state, pieces = 0, rootHash = '', resultHash, error }: Ended): TaskEnding {
  if (state === 'completed') return { state, pieces, rootHash, ...(resultHash !== undefined && { resultHash }) };
  return {
    state,
    ...(error !== undefined && { error: error as NonNullable<(TaskEnding & { state: 'failed' })['error']> }),
  };
}

type NoResult = TaskEnding & { readonly state: 'failed' | 'cancelled' };

/**
 * What that means for a task of it. Nothing while the run goes on or may go on, and for one that completed: then every
 * task of it did, and says so itself; but one that it never had would say nothing for ever.
 */
export function runEndingOf(
  { state, tasks, error }: Pick<RunDocument, 'state' | 'tasks' | 'error'>,
  taskId: string,
): NoResult | undefined {
  switch (state) {
    case 'completed':
      return tasks === undefined ? undefined : unlessKnown(taskId, tasks.total);
    case 'cancelled':
      return { state };
    case 'rejected':
    case 'failed':
      return { state: 'failed', ...(error != null && { error }) };
    default:
      return undefined;
  }
}

function unlessKnown(taskId: string, total: number): NoResult | undefined {
  if (Number(taskId.slice(taskId.lastIndexOf('-') + 1)) < total) return undefined;
  return { state: 'failed', error: { code: 'GB_REQUEST_UNKNOWN', message: `Its run has no task ${taskId}.` } };
}
