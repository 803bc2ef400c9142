/**
 * The gateway's HTTP server, the only door of the cluster: who asks, whether he may, how much; then the routes. It
 * keeps nothing that must last, so any number of replicas may run.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import { type FastifyRequest, fastify, LogController } from 'fastify';
import type { Logger } from 'pino';
import { GoboolError } from '../../../runtime/base/error.ts';
import { ARTIFACT_BYTES, uploadMs } from '../../contracts/http/artifact-limits.ts';
import { nextSpan, type Span } from '../common/trace.ts';
import { admit } from './admit.ts';
import { audit } from './audit.ts';
import type { App, GatewayParts, TypeBoxProvider } from './gateway-parts.ts';
import { gatewayMetrics, metricsRoute } from './metrics.ts';
import { describeRefusals, describeRoutes, openApiRoute } from './openapi.ts';
import { codedError, PROBLEM_TYPE, problemOf } from './problem.ts';
import { QueueViews } from './queue-views.ts';
import { artifactRoutes } from './routes/artifacts.ts';
import { caseRoutes } from './routes/cases.ts';
import { healthRoute } from './routes/health.ts';
import { keyRoutes } from './routes/keys.ts';
import { queueRoutes } from './routes/queue.ts';
import { rebuildRoutes } from './routes/rebuild.ts';
import { retryRoutes } from './routes/retry.ts';
import { runRoutes } from './routes/runs.ts';
import { streamRoutes } from './routes/streams.ts';
import { submitRoute } from './routes/submit.ts';
import { taskResultRoutes } from './routes/task-results.ts';
import { waitRoutes } from './routes/wait.ts';
import { workerRoutes } from './routes/workers.ts';
import { RunOrigins } from './run-origins.ts';
import { RunViews } from './run-views.ts';
import { SubmitRun } from './submit-run.ts';
import { validateRequests } from './validation.ts';

const BODY_BYTES = 256 * 1_024;
const CORRELATION_ID = /^[\w.-]{1,64}$/;
/** Until all of a request is there. Who asks was let in by then: headers have a limit of their own, a minute. */
const REQUEST_TIMEOUT_MS = uploadMs(ARTIFACT_BYTES);
/** Then whoever waits for an answer still is cut off when the gateway stops, and whoever is connected only. */
const CLOSING_MS = 1_000;

export function gatewayApp(parts: GatewayParts): App {
  const app: App = fastify({
    loggerInstance: parts.log,
    bodyLimit: BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'correlationId' }),
    genReqId: correlationIdOf,
  });
  app.addHook('onRequest', async (request, reply) => {
    request.span = spanOf(request);
    const { correlationId: _, ...ids } = request.span;
    reply.log = request.log = request.log.child(ids);
    reply.header('x-correlation-id', request.id);
  });
  app.addHook('preClose', async () => {
    setTimeout(() => app.server.closeAllConnections(), CLOSING_MS).unref();
  });
  validateRequests(app);
  answerErrors(app);
  audit(app, parts.audit);
  const metrics = gatewayMetrics(app);
  describeRoutes(app);
  registerRoutes(app, '', open => {
    healthRoute(open, parts);
    metricsRoute(open, metrics);
    openApiRoute(open);
  });
  registerRoutes(app, '/v1', versioned => {
    admit(versioned, parts);
    describeRefusals(versioned);
    keyedRoutes(versioned, parts);
  });
  return app;
}

function registerRoutes(app: App, prefix: string, add: (app: App) => void): void {
  app.register<{ prefix: string }, Server, TypeBoxProvider, Logger>(async scoped => add(scoped), { prefix });
}

function keyedRoutes(app: App, parts: GatewayParts): void {
  const origins = new RunOrigins(parts.commands);
  const [views, queue] = [new RunViews(parts.joins, origins), new QueueViews(parts.commands)];
  const submitting = new SubmitRun(parts, views, origins);
  artifactRoutes(app, parts);
  submitRoute(app, submitting);
  runRoutes(app, parts, views, queue);
  retryRoutes(app, parts, views, submitting);
  waitRoutes(app, parts, views, queue);
  streamRoutes(app, parts, views);
  taskResultRoutes(app, parts, views);
  queueRoutes(app, queue);
  workerRoutes(app, parts);
  caseRoutes(app, parts);
  keyRoutes(app, parts);
  rebuildRoutes(app, parts);
}

/** The caller's own, which goes with everything that the request causes, or a new one. */
function correlationIdOf({ headers }: IncomingMessage): string {
  const given = headers['x-correlation-id'];
  return typeof given === 'string' && CORRELATION_ID.test(given) ? given : randomUUID();
}

/** A caller that traces finds the request in its own trace. */
function spanOf({ id: correlationId, headers: { traceparent } }: FastifyRequest): Span {
  return nextSpan({ correlationId, traceparent: typeof traceparent === 'string' ? traceparent : null });
}

function answerErrors(app: App): void {
  app.setErrorHandler((thrown, request, reply) => {
    const error = codedError(thrown);
    const problem = problemOf(error, request.id);
    if (problem.status < 500) request.refusal = error.code;
    if (problem.status === 500) request.log.error({ err: thrown }, 'a request failed');
    if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
    // Closed at once, a connection would cut off its answer; so the rest of the body is read, and thrown away.
    if (problem.status === 413) reply.removeHeader('connection');
    if (problem.status === 429 || problem.status === 503) reply.header('retry-after', '1');
    return reply.code(problem.status).type(PROBLEM_TYPE).send(problem);
  });
  app.setNotFoundHandler(({ method, url }) => {
    throw new GoboolError('GB_REQUEST_UNKNOWN', `There is no ${method} ${url.split('?')[0]}.`);
  });
}
