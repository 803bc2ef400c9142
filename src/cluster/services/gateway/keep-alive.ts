/**
 * A JSON answer that takes minutes. Who waits, and whatever is between, takes a silent connection for dead: `fetch`
 * after five minutes, many proxies after one. So blanks go before it, which mean nothing in JSON. With the first of
 * them goes the status, so what is refused later is a problem in an answer of status 200.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { passOn } from './pass-on.ts';
import { codedError, problemOf } from './problem.ts';
import { within } from './soon.ts';

/** What is done within `silenceMs` is answered as ever. */
export async function answerAlive<T>(
  work: Promise<T>,
  silenceMs: number,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<T | undefined> {
  const early = await within(boxed(work), silenceMs);
  if (early !== undefined) return early.value;
  const text = work.then(JSON.stringify, error => {
    request.log.warn({ err: error }, 'a request failed after its answer had begun');
    return JSON.stringify(problemOf(codedError(error), request.id));
  });
  await passOn(blanksBefore(text, silenceMs), 'application/json', request, reply);
  return undefined;
}

const boxed = <T>(work: Promise<T>) => work.then(value => ({ value }));

async function* blanksBefore(text: Promise<string>, everyMs: number): AsyncGenerator<string> {
  for (;;) {
    yield ' ';
    const done = await within(boxed(text), everyMs);
    if (done !== undefined) return yield done.value;
  }
}
