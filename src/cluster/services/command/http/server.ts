/** Command's own door on loopback, for gateways on this machine: who may ask for what was decided there. */
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { GoboolError } from '../../../../runtime/base/error.ts';
import { ERROR_CATALOGUE, type ErrorCode } from '../../../../runtime/base/error-codes/index.ts';
import { isAway } from '../../common/engines-away.ts';

/** Adds the routes of one subject. What a handler throws becomes a document of RFC 9457. */
export type Routes = (app: FastifyInstance) => void;

export interface CommandServer extends AsyncDisposable {
  readonly url: string;
}

/** `port` 0: any free one. */
export async function serveCommand(port: number, subjects: readonly Routes[], log: Logger): Promise<CommandServer> {
  const app = fastify({ forceCloseConnections: true });
  app.setErrorHandler(async (error, _request, reply) => {
    const problem = problemOf(error as GoboolError | FastifyError);
    if (problem.status === 500) log.error({ err: error }, 'a request failed');
    return await reply.status(problem.status).type('application/problem+json').send(problem);
  });
  app.setNotFoundHandler(async ({ url }) => {
    throw new GoboolError('GB_REQUEST_UNKNOWN', `There is nothing at ${url}.`);
  });
  for (const add of subjects) add(app);
  const url = await app.listen({ port, host: '127.0.0.1' });
  return { url, [Symbol.asyncDispose]: () => app.close() };
}

const STATUS: Partial<Record<ErrorCode, number>> = { GB_REQUEST_INVALID: 400, GB_REQUEST_UNKNOWN: 404 };

function problemOf(error: GoboolError | FastifyError) {
  const code = codeOf(error);
  const { title } = ERROR_CATALOGUE[code];
  const status = STATUS[code] ?? (isAway(error) ? 503 : 500);
  return { title, status, detail: code === 'GB_INTERNAL' ? title : error.message, code };
}

function codeOf(error: GoboolError | FastifyError): ErrorCode {
  if (error instanceof GoboolError) return error.code;
  return (error.statusCode ?? 500) < 500 ? 'GB_REQUEST_INVALID' : 'GB_INTERNAL';
}
