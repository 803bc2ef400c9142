/**
 * An answer of join, passed on byte by byte: a client who is slow slows it, one that goes away ends it, and where it
 * ends early, so does the client's.
 */
import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';

export async function passOn(
  source: IncomingMessage,
  type: string,
  { id, log, ending: signal }: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  reply.hijack();
  reply.raw.writeHead(200, {
    'content-type': type,
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-correlation-id': id,
  });
  reply.raw.flushHeaders();
  await pipeline(source, reply.raw, { signal }).catch((error: unknown) =>
    log.debug({ err: error }, 'an answer of join ended early'),
  );
}
