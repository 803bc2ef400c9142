import { Type } from 'typebox';
import { defineMessage } from '../define-message.ts';
import { EXAMPLES, RunId } from '../fields.ts';

/** Somebody wants a run to end: its waiting tasks are dropped, its running ones are stopped. */
export const runCancel = defineMessage({
  type: 'run.cancel.v1',
  topic: 'commands',
  schema: Type.Object({ runId: RunId, keyId: Type.String({ maxLength: 64 }) }),
  example: { runId: EXAMPLES.runId, keyId: 'k-0123456789ab' },
  maxBytes: 1_000,
});
