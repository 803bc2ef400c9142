import { Type } from 'typebox';
import { defineMessage } from '../define-message.ts';
import { CallbackUrl, EXAMPLES, Hash, Priority, RunId, TimeMs } from '../fields.ts';
import { RunSpec } from '../run-spec.ts';

/** A run was accepted at the gateway. The same `runId` with another `payloadHash` is refused by command. */
export const runSubmit = defineMessage({
  type: 'run.submit.v1',
  topic: 'commands',
  schema: Type.Object({
    runId: RunId,
    /** Who asked. */
    keyId: Type.String({ maxLength: 64 }),
    /** Of spec, name and priority. */
    payloadHash: Hash,
    /** For lists: the strategy's file or name. */
    name: Type.String({ maxLength: 200 }),
    priority: Priority,
    submittedMs: TimeMs,
    /** A run that is not over by then fails with `GB_DEADLINE_PASSED`. */
    deadlineMs: Type.Optional(TimeMs),
    /** Told by a POST when the run is over. */
    callback: Type.Optional(CallbackUrl),
    spec: RunSpec,
  }),
  example: {
    runId: EXAMPLES.runId,
    keyId: 'k-0123456789ab',
    payloadHash: EXAMPLES.hash,
    name: 'sma-cross',
    priority: 0,
    submittedMs: 1_700_000_000_000,
    spec: { kind: 'describe', bundle: EXAMPLES.hash, limits: { barTimeoutMs: 10_000, memoryMb: 1_024 } },
  },
  maxBytes: 64_000,
});
