/** Runs: submit, show, cancel. Whatever is answered with 202 is in Kafka, and will be done. */
import { hash as digest } from 'node:crypto';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { GoboolError } from '../../../../runtime/base/error.ts';
import { canonicalJson } from '../../../../runtime/host/run-key.ts';
import { encodeMessage, type MessageContract } from '../../../contracts/define-message.ts';
import { Priority, RunId } from '../../../contracts/fields.ts';
import { runCancel } from '../../../contracts/messages/run-cancel.ts';
import { runSubmit } from '../../../contracts/messages/run-submit.ts';
import { RunSpec } from '../../../contracts/run-spec.ts';
import type { Bus } from '../../../ports/bus.ts';
import { type Cause, causedBy, causeHeaders } from '../../common/trace.ts';
import type { App, GatewayParts } from '../gateway-parts.ts';
import type { RunViews } from '../run-views.ts';

const params = Type.Object({ runId: RunId });

const Submission = Type.Object({
  /** For lists: the strategy's file or name. */
  name: Type.String({ minLength: 1, maxLength: 200 }),
  priority: Type.Optional(Priority),
  spec: RunSpec,
});

const IdempotencyKey = Type.Object({ 'idempotency-key': Type.String({ minLength: 1, maxLength: 200 }) });

export function runRoutes(app: App, { artifacts, bus }: GatewayParts, views: RunViews): void {
  app.post('/runs', {
    schema: { body: Submission, headers: IdempotencyKey },
    config: { scope: 'submit' },
    async handler({ body, headers, caller: { keyId }, span }, reply) {
      const spec = Value.Clean(RunSpec, body.spec) as RunSpec;
      requireArtifacts(spec, await artifacts.missing(hashesOf(spec)));
      const { name, priority = 0 } = body;
      const runId = runIdOf(keyId, headers['idempotency-key']);
      const payloadHash = digest('sha256', canonicalJson({ name, priority, spec }));
      const message = { runId, keyId, payloadHash, name, priority, submittedMs: Date.now(), spec };
      await publish(bus, runSubmit, runId, encodeMessage(runSubmit, message), causedBy(span));
      views.accept(acceptedView(message));
      return reply.code(202).send({ runId });
    },
  });

  app.get('/runs/:runId', {
    schema: { params },
    config: { scope: 'read' },
    handler: ({ params: { runId }, caller, id }) => views.view(runId, caller, id),
  });

  app.delete('/runs/:runId', {
    schema: { params },
    config: { scope: 'submit' },
    async handler({ params: { runId }, caller, id, span }, reply) {
      const keyId = await views.ownerOf(runId, caller, id).catch(unlessAway(caller.keyId));
      await publish(bus, runCancel, runId, encodeMessage(runCancel, { runId, keyId }), causedBy(span));
      return reply.code(202).send({ runId });
    },
  });
}

/** Who sends the same again, because an answer got lost, means the same run. */
const runIdOf = (keyId: string, idempotencyKey: string) =>
  `r-${digest('sha256', `${keyId}\n${idempotencyKey}`).slice(0, 24)}`;

const hashesOf = (spec: RunSpec) =>
  spec.kind === 'describe' ? [spec.bundle] : [...new Set([spec.bundle, spec.input, ...spec.datasets])];

function requireArtifacts({ kind }: RunSpec, missing: readonly string[]): void {
  if (missing.length === 0) return;
  const message = `The ${kind} names ${missing.length} artifacts that are not stored.`;
  throw new GoboolError('GB_ARTIFACT_MISSING', message, { problems: missing });
}

const publish = (bus: Bus, { topic, type }: MessageContract, runId: string, value: string, cause: Cause) =>
  bus.publish(topic, [{ key: runId, value, headers: { type, ...causeHeaders(cause) } }]);

/** While join is away a run can be cancelled still: command itself ignores what is not of the run's own key. */
const unlessAway = (keyId: string) => (error: unknown) => {
  if (error instanceof GoboolError && error.code === 'GB_SERVICE_AWAY') return keyId;
  throw error;
};

interface Accepted {
  readonly runId: string;
  readonly keyId: string;
  readonly name: string;
  readonly submittedMs: number;
  readonly spec: RunSpec;
}

/** As `run.changed.v1`, before its first version. */
const acceptedView = ({ runId, keyId, name, submittedMs, spec }: Accepted) => ({
  runId,
  version: 0,
  atMs: submittedMs,
  state: 'accepted',
  kind: spec.kind,
  name,
  keyId,
  tasks: { total: 0, completed: 0, failed: 0, running: 0 },
  position: null,
});
