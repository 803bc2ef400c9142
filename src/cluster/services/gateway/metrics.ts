/** The metrics of the gateway; docs/observability.md lists them. */
import { Metrics } from '../common/metrics.ts';
import type { App } from './gateway-parts.ts';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Looks at every request of routes that are added later. */
export function gatewayMetrics(app: App): Metrics {
  const metrics = new Metrics('gateway');
  const refused: Record<string, number> = {};
  let openStreams = 0;
  const seconds = metrics.histogram(
    'gobool_gateway_request_seconds',
    'Time until a request was answered; of a stream, until it ended.',
    SECONDS,
    ['method', 'route', 'status'],
  );
  metrics.gauge('gobool_gateway_open_streams', 'Streams of events that clients follow.', () => openStreams);
  metrics.counter('gobool_gateway_refused_requests_total', 'Requests refused, by code.', () => refused, 'code');
  app.addHook('onRequest', async ({ routeOptions: { config } }, { raw }) => {
    if (config.holds !== 'streams') return;
    openStreams++;
    raw.once('close', () => openStreams--);
  });
  app.addHook('onResponse', async ({ method, routeOptions, refusal }, { statusCode, elapsedTime }) => {
    const { url: route = 'none' } = routeOptions;
    seconds.observe({ method, route, status: String(statusCode) }, elapsedTime / 1_000);
    if (refusal !== undefined) refused[refusal] = (refused[refusal] ?? 0) + 1;
  });
  return metrics;
}

/** `GET /metrics`, without a key. */
export function metricsRoute(app: App, metrics: Metrics): void {
  const schema = { hide: true };
  app.get('/metrics', { schema }, async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.page()),
  );
}
