/** `GET /runs/:runId/wait`: a long poll, for whoever cannot read a stream. */
import { Type } from 'typebox';
import { RunId } from '../../../contracts/fields.ts';
import { RunView } from '../../../contracts/http/run-view.ts';
import type { App, GatewayParts } from '../gateway-parts.ts';
import type { QueueViews } from '../queue-views.ts';
import { runEnd } from '../run-end.ts';
import type { RunViews } from '../run-views.ts';

const USUAL_MS = 30_000;
const MAX_MS = 120_000;

const Patience = Type.Object(
  { timeoutMs: Type.Optional(Type.Integer({ minimum: 0, maximum: MAX_MS })) },
  { additionalProperties: false },
);

export function waitRoutes(app: App, { joins }: GatewayParts, views: RunViews, queue: QueueViews): void {
  app.get('/runs/:runId/wait', {
    schema: {
      summary: 'Everything about one run, when it is over or the time is up',
      params: Type.Object({ runId: RunId }),
      querystring: Patience,
      response: { 200: RunView },
    },
    config: { scope: 'read', holds: 'streams' },
    async handler({ params: { runId }, query: { timeoutMs = USUAL_MS }, caller, id, ending }, reply) {
      await views.ownerOf(runId, caller, id);
      const patience = AbortSignal.any([ending, AbortSignal.timeout(timeoutMs)]);
      await runEnd(joins, runId, { 'x-correlation-id': id }, patience);
      if (!ending.aborted) return await queue.placed(await views.view(runId, caller, id));
      reply.hijack();
      reply.raw.destroy();
      return reply;
    },
  });
}
