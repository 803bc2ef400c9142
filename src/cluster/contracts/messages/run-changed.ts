import { type Static, Type } from 'typebox';
import { defineMessage } from '../define-message.ts';
import { ErrorFields, EXAMPLES, Priority, RunId, TimeMs } from '../fields.ts';

const RunState = Type.Union([
  Type.Literal('rejected'),
  Type.Literal('queued'),
  Type.Literal('running'),
  Type.Literal('completed'),
  Type.Literal('failed'),
  Type.Literal('cancelled'),
  Type.Literal('hospital'),
]);
export type RunState = Static<typeof RunState>;

/** What a run is now. `version` grows by one with each; readers ignore what they have seen. */
export const runChanged = defineMessage({
  type: 'run.changed.v1',
  topic: 'run-events',
  schema: Type.Object({
    runId: RunId,
    version: Type.Integer({ minimum: 1 }),
    atMs: TimeMs,
    state: RunState,
    kind: Type.String({ maxLength: 20 }),
    name: Type.String({ maxLength: 200 }),
    keyId: Type.String({ maxLength: 64 }),
    /** The first release does not say. */
    priority: Type.Optional(Priority),
    tasks: Type.Object({
      total: Type.Integer({ minimum: 0 }),
      completed: Type.Integer({ minimum: 0 }),
      failed: Type.Integer({ minimum: 0 }),
      running: Type.Integer({ minimum: 0 }),
    }),
    /** Tasks of others that go before its first one, at the time of this change; null unless it is `queued`. */
    position: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
    /** Of the first task that failed. */
    error: Type.Optional(ErrorFields),
  }),
  example: {
    runId: EXAMPLES.runId,
    version: 2,
    atMs: 1_700_000_000_000,
    state: 'running',
    kind: 'run',
    name: 'sma-cross',
    keyId: 'k-0123456789ab',
    tasks: { total: 1, completed: 0, failed: 0, running: 1 },
    position: null,
  },
  maxBytes: 64_000,
});
