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

/** Nothing while the run goes on, and for one that completed: then every task of it did, and says so itself. */
export function runEndingOf({
  state,
  error,
}: Pick<RunDocument, 'state' | 'error'>): (TaskEnding & { readonly state: 'failed' | 'cancelled' }) | undefined {
  switch (state) {
    case 'cancelled':
      return { state };
    case 'rejected':
    case 'failed':
    case 'hospital':
      return { state: 'failed', ...(error !== undefined && { error }) };
    default:
      return undefined;
  }
}
