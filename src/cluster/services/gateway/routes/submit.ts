/** `POST /runs`. */
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { GoboolError } from '../../../../runtime/base/error.ts';
import { CallbackUrl, Priority, RunId } from '../../../contracts/fields.ts';
import { RunSpec } from '../../../contracts/run-spec.ts';
import { causedBy } from '../../common/trace.ts';
import type { App } from '../gateway-parts.ts';
import { IdempotencyKey, type SubmitRun } from '../submit-run.ts';

/** The last one that a calendar has: command could not store much later ones, and its run would never be taken in. */
const LATEST_MS = 8.64e15;

const NewRun = Type.Object({
  /** For lists: the strategy's file or name. */
  name: Type.String({ minLength: 1, maxLength: 200 }),
  priority: Type.Optional(Priority),
  /** A run that is not over by then fails. */
  deadlineMs: Type.Optional(Type.Integer({ minimum: 0, maximum: LATEST_MS })),
  /** Called by the cluster, from its own network, when the run is over. */
  callback: Type.Optional(CallbackUrl),
  spec: RunSpec,
});

export function submitRoute(app: App, submitting: SubmitRun): void {
  app.post('/runs', {
    schema: {
      summary: 'Submit a run',
      body: NewRun,
      headers: IdempotencyKey,
      response: { 202: Type.Object({ runId: RunId }) },
    },
    config: { scope: 'submit' },
    async handler({ body, headers, caller: { keyId }, span }, reply) {
      const { name, priority = 0, deadlineMs, callback } = body;
      requireAddress(callback);
      const spec = Value.Clean(RunSpec, body.spec) as RunSpec;
      const more = { ...(deadlineMs !== undefined && { deadlineMs }), ...(callback !== undefined && { callback }) };
      const submitter = { keyId, idempotencyKey: headers['idempotency-key'], cause: causedBy(span) };
      const runId = await submitting.submit({ name, priority, spec, ...more }, submitter);
      return reply.code(202).header('location', `/v1/runs/${runId}`).send({ runId });
    },
  });
}

function requireAddress(callback: string | undefined): void {
  if (callback === undefined || URL.canParse(callback)) return;
  throw new GoboolError('GB_REQUEST_INVALID', `callback: "${callback}" is no address.`);
}
