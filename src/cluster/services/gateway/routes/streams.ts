/**
 * Streams of server-sent events, passed on from a replica of join. Where join's ends early, so does the client's, who
 * comes again with `Last-Event-ID`. There is no HEAD of them: whoever has the headers believes that it is over, and his
 * next request would wait on the same connection until the stream ends.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { GoboolError } from '../../../../runtime/base/error.ts';
import { RunId, runIdOf, TaskId } from '../../../contracts/fields.ts';
import type { App, GatewayParts } from '../gateway-parts.ts';
import { passOn } from '../pass-on.ts';
import type { RunViews } from '../run-views.ts';

const EVENTS = 'text/event-stream';

export function streamRoutes(app: App, { joins }: GatewayParts, views: RunViews): void {
  const pass = async (path: string, request: FastifyRequest, reply: FastifyReply) => {
    const source = await joins.open(path, forwarded(request));
    if (source === undefined) throw new GoboolError('GB_REQUEST_UNKNOWN', `Join has no ${path}.`);
    await passOn(source, EVENTS, request, reply);
  };
  const passOwn = async (runId: string, path: string, request: FastifyRequest, reply: FastifyReply) => {
    await views.ownerOf(runId, request.caller, request.id);
    return pass(path, request, reply);
  };

  app.get('/runs/:runId/stream', {
    exposeHeadRoute: false,
    schema: { summary: 'The states of a run as they come', params: Type.Object({ runId: RunId }), produces: [EVENTS] },
    config: { scope: 'read', holds: 'streams' },
    handler: (request, reply) => passOwn(request.params.runId, `/runs/${request.params.runId}/stream`, request, reply),
  });

  app.get('/stream', {
    exposeHeadRoute: false,
    schema: { summary: 'The states of all runs of the key as they come', produces: [EVENTS] },
    config: { scope: 'read', holds: 'streams' },
    handler: (request, reply) => pass(`/stream?keyId=${request.caller.keyId}`, request, reply),
  });

  app.get('/tasks/:taskId/stream', {
    exposeHeadRoute: false,
    schema: {
      summary: 'The results of a task as they come',
      params: Type.Object({ taskId: TaskId }),
      produces: [EVENTS],
    },
    config: { scope: 'read', holds: 'streams' },
    handler: (request, reply) => {
      const { taskId } = request.params;
      return passOwn(runIdOf(taskId), `/tasks/${taskId}/stream`, request, reply);
    },
  });
}

function forwarded({ id, headers }: FastifyRequest): Record<string, string> {
  const lastEventId = headers['last-event-id'];
  return { 'x-correlation-id': id, ...(typeof lastEventId === 'string' && { 'last-event-id': lastEventId }) };
}
