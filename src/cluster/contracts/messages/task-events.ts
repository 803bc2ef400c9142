/** What workers say of tasks. Command checks attempt, worker and state of each; join shows them. */
import { type Static, Type } from 'typebox';
import { defineMessage } from '../define-message.ts';
import { Attempt, ErrorFields, EXAMPLES, Hash, RunId, TaskId, WorkerId } from '../fields.ts';

const topic = 'task-events';
const Subject = { taskId: TaskId, runId: RunId, attempt: Attempt, workerId: WorkerId };
const subject = {
  taskId: EXAMPLES.taskId,
  runId: EXAMPLES.runId,
  attempt: 1,
  workerId: EXAMPLES.workerId,
};

export const taskClaimed = defineMessage({
  type: 'task.claimed.v1',
  topic,
  schema: Type.Object({
    ...Subject,
    slot: Type.Integer({ minimum: 0 }),
    /** Process of the sandbox, as the worker's host numbers it. */
    pid: Type.Integer({ minimum: 1 }),
    /** The processor it is pinned to; null where it is not. */
    cpu: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
  }),
  example: { ...subject, slot: 7, pid: 4711, cpu: 1 },
  maxBytes: 1_000,
});

/** At most a few a second. */
export const taskProgress = defineMessage({
  type: 'task.progress.v1',
  topic,
  schema: Type.Object({ ...Subject, step: Type.Integer({ minimum: 0 }), steps: Type.Integer({ minimum: 0 }) }),
  example: { ...subject, step: 512, steps: 2_000 },
  maxBytes: 1_000,
});

const Verdict = Type.Union([
  Type.Literal('THROW'),
  Type.Literal('TIMEOUT'),
  Type.Literal('OOM'),
  Type.Literal('EXIT'),
  Type.Literal('PROTOCOL'),
  Type.Literal('CANCELLED'),
  Type.Literal('WORKER'),
]);
export type Verdict = Static<typeof Verdict>;

/** The strategy's own doing: another attempt would end the same way. After the others only the run says it is over. */
const FINAL: ReadonlySet<Verdict> = new Set(['THROW', 'TIMEOUT', 'OOM', 'PROTOCOL']);

export const isFinalVerdict = (verdict: Verdict): boolean => FINAL.has(verdict);

/** Sent after every piece is acknowledged. */
export const taskCompleted = defineMessage({
  type: 'task.completed.v1',
  topic,
  schema: Type.Object({
    ...Subject,
    slot: Type.Integer({ minimum: 0 }),
    pieces: Type.Integer({ minimum: 1 }),
    rootHash: Hash,
    /** Of a run: what the same run on one machine has. */
    resultHash: Type.Optional(Hash),
    elapsedMs: Type.Number({ minimum: 0 }),
  }),
  example: { ...subject, slot: 7, pieces: 3, rootHash: EXAMPLES.hash, resultHash: EXAMPLES.hash, elapsedMs: 41.5 },
  maxBytes: 2_000,
});

/** `THROW`: the strategy's own coded error. The others: what the sandbox met with. */
export const taskFailed = defineMessage({
  type: 'task.failed.v1',
  topic,
  schema: Type.Object({
    ...Subject,
    slot: Type.Integer({ minimum: 0 }),
    verdict: Verdict,
    error: ErrorFields,
  }),
  example: { ...subject, slot: 7, verdict: 'THROW', error: { code: 'GB_STRATEGY_THREW', message: 'Error: no' } },
  maxBytes: 100_000,
});

/** Not taken: wrong worker, busy, draining, or something of the task cannot be had now. */
export const taskReturned = defineMessage({
  type: 'task.returned.v1',
  topic,
  schema: Type.Object({ ...Subject, slot: Type.Integer({ minimum: 0 }), reason: Type.String({ maxLength: 500 }) }),
  example: { ...subject, slot: 7, reason: 'busy' },
  maxBytes: 2_000,
});
