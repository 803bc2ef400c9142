/** What the gateway shows of runs. */
import { type Static, Type } from 'typebox';
import { CallbackUrl, ErrorFields, Hash, Priority, RunId, TaskId, TimeMs } from '../fields.ts';
import { RunSpec } from '../run-spec.ts';

export const RUN_STATES = [
  'accepted',
  'rejected',
  'queued',
  'running',
  'completed',
  'failed',
  'cancelled',
  'hospital',
] as const;

const Count = Type.Integer({ minimum: 0 });

/** A line of a list. Fields that no service has said yet are absent. */
export const RunSummaryView = Type.Object({
  runId: RunId,
  /** Grows with every change; 0: accepted, and not taken in yet. */
  version: Type.Integer({ minimum: 0 }),
  state: Type.Enum(RUN_STATES),
  kind: Type.String(),
  name: Type.String(),
  keyId: Type.String(),
  priority: Type.Optional(Priority),
  submittedMs: TimeMs,
  /** Of the latest change. */
  atMs: TimeMs,
  tasks: Type.Object({ total: Count, completed: Count, failed: Count, running: Count }),
  /** Tasks of others that go before its first one, at the time of this change; null unless it is `queued`. */
  position: Type.Union([Count, Type.Null()]),
  /** Of a run with one task, when it is completed. */
  resultHash: Type.Optional(Hash),
  correlationId: Type.Optional(Type.String()),
  error: Type.Optional(ErrorFields),
});
export type RunSummaryView = Static<typeof RunSummaryView>;

const Nullable = <S extends Parameters<typeof Type.Union>[0][number]>(schema: S) => Type.Union([schema, Type.Null()]);

/** One task of a run that a worker has begun. */
export const TaskView = Type.Object({
  taskId: TaskId,
  state: Type.Union([Type.Literal('running'), Type.Literal('completed'), Type.Literal('failed')]),
  attempt: Type.Optional(Type.Integer({ minimum: 1 })),
  workerId: Type.Optional(Type.String()),
  /** Process of its sandbox, as its host numbers it. */
  pid: Type.Optional(Type.Integer()),
  /** The processor it was pinned to. */
  cpu: Type.Optional(Nullable(Type.Integer())),
  elapsedMs: Type.Optional(Type.Number()),
  pieces: Type.Optional(Type.Integer()),
  rootHash: Type.Optional(Hash),
  resultHash: Type.Optional(Hash),
  verdict: Type.Optional(Type.String()),
  error: Type.Optional(ErrorFields),
});
export type TaskView = Static<typeof TaskView>;

/** The best sets of a sweep so far, by the objective that it was submitted with; best first, 20 at most. */
export const RankingView = Type.Object({
  /** Sets whose results are there. */
  done: Count,
  sets: Count,
  objective: Type.String(),
  best: Type.Array(Type.Object({ index: Count, value: Nullable(Type.Number()), resultHash: Hash, taskId: TaskId })),
});
export type RankingView = Static<typeof RankingView>;

/** What was submitted as a run, so that it can be submitted again: `GET /runs/:runId/spec` of join. */
export const SubmissionView = Type.Object({
  runId: RunId,
  keyId: Type.String(),
  name: Type.String(),
  priority: Priority,
  spec: RunSpec,
  callback: Type.Optional(CallbackUrl),
});
export type SubmissionView = Static<typeof SubmissionView>;

/** Everything about one run: `GET /v1/runs/:runId`. */
export const RunView = Type.Intersect([
  RunSummaryView,
  Type.Object({
    /** Those that were begun, a thousand at most. */
    taskList: Type.Optional(Type.Array(TaskView)),
    ranking: Type.Optional(RankingView),
  }),
]);
export type RunView = Static<typeof RunView>;

/** Numbers of a run that a condition can name; those that a run does not have fail it. */
export const RUN_NUMBERS = [
  'priority',
  'position',
  'submittedMs',
  'atMs',
  'total',
  'completed',
  'failed',
  'running',
] as const;

/** `GET /v1/runs`, newest first. `next`: what `before` is asked with for the page that follows; absent at the end. */
export const RunListView = Type.Object({ runs: Type.Array(RunSummaryView), next: Type.Optional(Type.String()) });
export type RunListView = Static<typeof RunListView>;
