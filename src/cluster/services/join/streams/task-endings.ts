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

/**
 * Nothing while the run goes on or may go on, and for one that completed: then every task of it did, and says so
 * itself.
 */
export function runEndingOf({
  state,
  error,
}: Pick<RunDocument, 'state' | 'error'>): (TaskEnding & { readonly state: 'failed' | 'cancelled' }) | undefined {
  switch (state) {
    case 'cancelled':
      return { state };
    case 'rejected':
    case 'failed':
      return { state: 'failed', ...(error != null && { error }) };
    default:
      return undefined;
  }
}
