import { pino } from 'pino';
import { expect, onTestFinished, test, vi } from 'vitest';
import { cached, Metrics } from '../../../../src/cluster/services/common/metrics.ts';
import { serveRoutes } from '../../../../src/cluster/services/common/serve-routes.ts';
import { GoboolError } from '../../../../src/runtime/base/error.ts';

const away = () => {
  throw new GoboolError('GB_SQL_UNAVAILABLE', 'away');
};

async function linesOf(metrics: Metrics): Promise<readonly string[]> {
  return (await metrics.page()).split('\n').filter(line => line.includes('gobool_'));
}

test('a metric shows what is so when somebody asks', async () => {
  const metrics = new Metrics('test');
  const counts = { done: 1 };
  metrics.gauge('gobool_test_now', 'A number.', async () => counts.done * 2);
  metrics.counter('gobool_test_things_total', 'Things.', () => ({ ...counts }), 'kind');
  counts.done = 5;
  expect(await linesOf(metrics)).toEqual([
    '# HELP gobool_test_now A number.',
    '# TYPE gobool_test_now gauge',
    'gobool_test_now{service="test"} 10',
    '# HELP gobool_test_things_total Things.',
    '# TYPE gobool_test_things_total counter',
    'gobool_test_things_total{kind="done",service="test"} 5',
  ]);
  expect((await linesOf(metrics)).at(-1)).toContain(' 5');
});

test('while an engine is away the others show their values; a mistake of ours is an error', async () => {
  const metrics = new Metrics('test');
  metrics.gauge('gobool_test_one', 'One.', away);
  metrics.gauge('gobool_test_many', 'Many.', away, 'kind');
  metrics.gauge('gobool_test_fine', 'Fine.', () => 7);
  const values = (await linesOf(metrics)).filter(line => !line.startsWith('#'));
  expect(values).toEqual(['gobool_test_one{service="test"} Nan', 'gobool_test_fine{service="test"} 7']);
  metrics.gauge('gobool_test_broken', 'Broken.', () => {
    throw new TypeError('a mistake');
  });
  await expect(metrics.page()).rejects.toThrow('a mistake');
});

test('one reading serves all who ask at about the same time', async () => {
  const read = vi.fn(async () => read.mock.calls.length);
  const reading = cached(read);
  expect(await Promise.all([reading(), reading(), reading()])).toEqual([1, 1, 1]);
  await vi.waitUntil(async () => (await reading()) === 2, { timeout: 10_000, interval: 50 });
});

test('GET /metrics has the type that Prometheus wants, and what Node tells of the process', async () => {
  const server = await serveRoutes(0, [new Metrics('test').routes], pino({ enabled: false }));
  onTestFinished(() => server[Symbol.asyncDispose]());
  const response = await fetch(`${server.url}/metrics`);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const text = await response.text();
  for (const name of ['process_cpu_seconds_total', 'process_resident_memory_bytes', 'nodejs_eventloop_lag_p99_seconds'])
    expect(text).toMatch(new RegExp(`^${name}\\{service="test"\\} [0-9.e-]+$`, 'm'));
});
