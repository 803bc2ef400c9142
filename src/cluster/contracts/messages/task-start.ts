import { Type } from 'typebox';
import { defineMessage } from '../define-message.ts';
import { Attempt, EXAMPLES, RunId, TaskId, WorkerId } from '../fields.ts';
import { TaskSpec } from '../run-spec.ts';

/** One task for one slot of one worker. Whoever else gets it, or is busy, returns it. */
export const taskStart = defineMessage({
  type: 'task.start.v1',
  topic: 'tasks',
  schema: Type.Object({
    taskId: TaskId,
    runId: RunId,
    attempt: Attempt,
    workerId: WorkerId,
    slot: Type.Integer({ minimum: 0 }),
    spec: TaskSpec,
  }),
  example: {
    taskId: EXAMPLES.taskId,
    runId: EXAMPLES.runId,
    attempt: 1,
    workerId: EXAMPLES.workerId,
    slot: 7,
    spec: { kind: 'describe', bundle: EXAMPLES.hash, limits: { barTimeoutMs: 10_000, memoryMb: 1_024 } },
  },
  maxBytes: 64_000,
});
