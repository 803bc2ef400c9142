/**
 * An answer that comes bit by bit, as join's do, passed on byte by byte: a client who is slow slows it, one that goes
 * away ends it, and where it ends early, so does the client's.
 */
import { pipeline } from 'node:stream/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';

export async function passOn(
  source: AsyncIterable<Uint8Array | string>,
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
    log.debug({ err: error }, 'an answer ended early'),
  );
}
