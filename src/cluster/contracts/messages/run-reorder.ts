import { Type } from 'typebox';
import { defineMessage } from '../define-message.ts';
import { EXAMPLES, Priority, RunId } from '../fields.ts';

/** Somebody moves the waiting tasks of a run in the queue. Those that workers have stay where they are. */
export const runReorder = defineMessage({
  type: 'run.reorder.v1',
  topic: 'commands',
  schema: Type.Object({
    runId: RunId,
    keyId: Type.String({ maxLength: 64 }),
    priority: Type.Optional(Priority),
    /** Before or after all others of its priority and key. */
    to: Type.Optional(Type.Union([Type.Literal('front'), Type.Literal('back')])),
  }),
  example: { runId: EXAMPLES.runId, keyId: 'k-0123456789ab', priority: 5, to: 'front' },
  maxBytes: 1_000,
});
