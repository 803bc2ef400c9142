/** A service's own door on loopback: others of this machine ask there, and who may ask what was decided before. */
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { GoboolError } from '../../../runtime/base/error.ts';
import { ERROR_CATALOGUE, type ErrorCode } from '../../../runtime/base/error-codes/index.ts';
import { isAway } from './engines-away.ts';

/** Adds the routes of one subject. What a handler throws becomes a document of RFC 9457. */
export type Routes = (app: FastifyInstance) => void;

/** Disposed of, it cuts off whoever is connected. */
export interface RoutesServer extends AsyncDisposable {
  readonly url: string;
}

/** `port` 0: any free one. */
export async function serveRoutes(port: number, subjects: readonly Routes[], log: Logger): Promise<RoutesServer> {
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

const STATUS: Partial<Record<ErrorCode, number>> = {
  GB_REQUEST_INVALID: 400,
  GB_CONDITION: 400,
  GB_REQUEST_UNKNOWN: 404,
  GB_RUN_UNKNOWN: 404,
  GB_CASE_UNKNOWN: 404,
  GB_ARTIFACT_MISSING: 404,
  GB_REQUEST_TOO_LARGE: 413,
  GB_SERVICE_AWAY: 503,
};

function problemOf(error: GoboolError | FastifyError) {
  const code = codeOf(error);
  const { title } = ERROR_CATALOGUE[code];
  const status = STATUS[code] ?? (isAway(error) ? 503 : 500);
  const problems = error instanceof GoboolError && error.problems.length > 0 ? { problems: error.problems } : {};
  return { title, status, detail: code === 'GB_INTERNAL' ? title : error.message, code, ...problems };
}

function codeOf(error: GoboolError | FastifyError): ErrorCode {
  if (error instanceof GoboolError) return error.code;
  return (error.statusCode ?? 500) < 500 ? 'GB_REQUEST_INVALID' : 'GB_INTERNAL';
}
