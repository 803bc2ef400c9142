/** What is stored of a run, as the message that told it. */
import type { MessageOf } from '../../../contracts/define-message.ts';
import type { runChanged } from '../../../contracts/messages/run-changed.ts';
import type { RunDocument } from '../store/views.ts';

const NO_TASKS = { total: 0, completed: 0, failed: 0, running: 0 };

/** Nothing, where only its submission is known. */
export function changeOf(run: RunDocument): MessageOf<typeof runChanged> | undefined {
  const { _id: runId, version, atMs, state, kind, name, keyId, tasks = NO_TASKS, position = null } = run;
  if (state === 'accepted') return undefined;
  const { priority, error } = run;
  return {
    ...{ runId, version, atMs, state, kind, name, keyId, tasks, position },
    ...(priority != null && { priority }),
    ...(error != null && { error }),
  };
}
