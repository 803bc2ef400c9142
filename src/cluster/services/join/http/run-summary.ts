/** A line about one run. */
import type { RunSummaryView } from '../../../contracts/http/run-view.ts';
import type { RunDocument, TaskDocument } from '../store/views.ts';

const NO_TASKS = { total: 0, completed: 0, failed: 0, running: 0 };

/** `task`: of a run that has only one, when it is completed. */
export function summaryOf(run: RunDocument, task?: TaskDocument): RunSummaryView {
  const { _id: runId, version, state, kind, name, keyId, submittedMs, atMs } = run;
  const { tasks = NO_TASKS, position = null, correlationId, error } = run;
  const priority = run.priority ?? run.submittedPriority;
  return {
    ...{ runId, version, state, kind, name, keyId, submittedMs, atMs, tasks, position },
    ...(priority !== undefined && { priority }),
    ...(task?.resultHash !== undefined && { resultHash: task.resultHash }),
    ...(correlationId != null && { correlationId }),
    ...(error != null && { error }),
  };
}

/** The id of its only task, if that is completed: it has the run's hash. */
export const taskOfOne = ({ _id, tasks }: RunDocument): string | undefined =>
  tasks?.total === 1 && tasks.completed === 1 ? `${_id}-0` : undefined;
