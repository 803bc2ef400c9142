import { Type } from 'typebox';
import { defineMessage } from '../define-message.ts';
import { Attempt, EXAMPLES, TaskId, WorkerId } from '../fields.ts';

/** The worker is to end this attempt, if it still runs; it answers `task.failed.v1` with GB_RUN_CANCELLED. */
export const taskStop = defineMessage({
  type: 'task.stop.v1',
  topic: 'tasks',
  schema: Type.Object({ taskId: TaskId, attempt: Attempt, workerId: WorkerId }),
  example: { taskId: EXAMPLES.taskId, attempt: 1, workerId: EXAMPLES.workerId },
  maxBytes: 1_000,
});
