/** Says how a task ended. Resolves when the log has it. */
import { taskCompleted, taskFailed, taskReturned } from '../../contracts/messages/task-events.ts';
import { crashPoint } from '../common/crash-point.ts';
import { causedBy } from '../common/trace.ts';
import { fittingError } from './fitting-error.ts';
import type { TakenTask } from './inbox.ts';
import { type Ending, type Performer, subjectOf } from './perform-task.ts';

export async function reportEnding(task: TakenTask, ending: Ending, performer: Performer): Promise<void> {
  const { outgoing } = performer;
  const { start } = task;
  const cause = causedBy(task.span);
  const subject = { ...subjectOf(task, performer), slot: start.slot };
  switch (ending.verdict) {
    case 'DONE': {
      const { verdict: _, ...result } = ending;
      crashPoint('worker.before_completed');
      await outgoing.event(taskCompleted, { ...subject, ...result }, cause);
      crashPoint('worker.after_completed');
      return;
    }
    case 'RETURNED':
      return outgoing.event(taskReturned, { ...subject, reason: ending.reason }, cause);
    default: {
      const { verdict, error } = ending;
      return outgoing.event(taskFailed, { ...subject, verdict, error: fittingError(error) }, cause);
    }
  }
}
