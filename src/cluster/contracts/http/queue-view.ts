/** What the gateway shows of the queue: runs of which tasks wait, in the order in which workers will get them. */
import { type Static, Type } from 'typebox';
import { Priority, RunId, TimeMs } from '../fields.ts';

const Count = Type.Integer({ minimum: 0 });

export const QueueEntry = Type.Object({
  runId: RunId,
  name: Type.String(),
  keyId: Type.String(),
  priority: Priority,
  /** Its tasks: those that wait, and those that workers have. */
  waiting: Count,
  running: Count,
  /** Tasks of others that go before its first waiting one. */
  position: Count,
  submittedMs: TimeMs,
});
export type QueueEntry = Static<typeof QueueEntry>;

/** `GET /v1/queue`. `waiting`: tasks of all runs, whether listed or not. */
export const QueueView = Type.Object({ entries: Type.Array(QueueEntry), waiting: Count, running: Count });
export type QueueView = Static<typeof QueueView>;

/** `GET /v1/workers`. */
export const WorkerView = Type.Object({
  workerId: Type.String(),
  host: Type.String(),
  pid: Type.Integer(),
  /** The processor it is pinned to; null where it is not. */
  cpu: Type.Union([Type.Integer(), Type.Null()]),
  partition: Type.Integer(),
  /** Tasks that it has taken. */
  slot: Count,
  state: Type.Union([Type.Literal('idle'), Type.Literal('busy')]),
  taskId: Type.Optional(Type.String()),
});
export const WorkerListView = Type.Object({ workers: Type.Array(WorkerView) });
export type WorkerView = Static<typeof WorkerView>;
export type WorkerListView = Static<typeof WorkerListView>;
