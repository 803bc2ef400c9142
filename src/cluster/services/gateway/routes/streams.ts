/**
 * Streams of server-sent events, passed on from a replica of join byte by byte: a slow client slows join's stream, one
 * that goes away ends it, and where join's ends early, so does the client's, who comes again with `Last-Event-ID`.
 */
import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { RunId, TaskId } from '../../../contracts/fields.ts';
import type { App, GatewayParts } from '../gateway-parts.ts';
import type { KeyLimits } from '../limits.ts';
import { type RunViews, unknownRun } from '../run-views.ts';

export function streamRoutes(app: App, parts: GatewayParts, views: RunViews, limits: KeyLimits): void {
  const pass = async (runId: string, path: string, request: FastifyRequest, reply: FastifyReply) => {
    const { caller, id } = request;
    const close = limits.open(caller.keyId, 'streams');
    try {
      await views.ownerOf(runId, caller, id);
      const source = await parts.joins.open(path, forwarded(request));
      if (source === undefined) throw unknownRun(runId);
      reply.hijack();
      await passOn(source, reply, id, parts.signal).catch((error: unknown) =>
        request.log.debug({ err: error }, 'a stream ended early'),
      );
    } finally {
      close();
    }
  };

  app.get('/runs/:runId/stream', {
    schema: { params: Type.Object({ runId: RunId }) },
    config: { scope: 'read' },
    handler: (request, reply) => pass(request.params.runId, `/runs/${request.params.runId}/stream`, request, reply),
  });

  app.get('/tasks/:taskId/stream', {
    schema: { params: Type.Object({ taskId: TaskId }) },
    config: { scope: 'read' },
    handler: (request, reply) => {
      const { taskId } = request.params;
      return pass(taskId.slice(0, taskId.lastIndexOf('-')), `/tasks/${taskId}/stream`, request, reply);
    },
  });
}

function forwarded({ id, headers }: FastifyRequest): Record<string, string> {
  const lastEventId = headers['last-event-id'];
  return { 'x-correlation-id': id, ...(typeof lastEventId === 'string' && { 'last-event-id': lastEventId }) };
}

async function passOn(source: IncomingMessage, { raw }: FastifyReply, id: string, signal: AbortSignal): Promise<void> {
  raw.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-correlation-id': id,
  });
  raw.flushHeaders();
  await pipeline(source, raw, { signal });
}
