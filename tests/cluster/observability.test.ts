/** One run followed through the logs of all services; what they show to Prometheus; and who is told of what is wrong. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pino } from 'pino';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { etcdClient } from '../../src/cluster/adapters/etcd/etcd-client.ts';
import { etcdObjects } from '../../src/cluster/adapters/etcd/etcd-objects.ts';
import { postgresSql } from '../../src/cluster/adapters/postgres/postgres-sql.ts';
import { urlOf } from '../../src/cluster/dev/addresses.ts';
import type { ClusterFacts } from '../../src/cluster/dev/cluster-facts.ts';
import { SERVICE_NAMES } from '../../src/cluster/dev/component.ts';
import { watchThresholds } from '../../src/cluster/services/command/alerts/watch-thresholds.ts';
import { SERVICE_ENDPOINTS } from '../../src/cluster/services/common/object-kinds.ts';
import { gobool } from '../helpers/cli.ts';
import { ALTERNATING, pricesCsv } from '../helpers/cli-project.ts';
import { clusterProject, serviceCluster } from '../helpers/test-cluster.ts';

let facts: ClusterFacts;
let cwd: string;

beforeAll(async () => {
  facts = await serviceCluster();
  cwd = clusterProject('services');
  writeFileSync(join(cwd, 'prices.csv'), pricesCsv(300));
  writeFileSync(join(cwd, 'strategy.ts'), ALTERNATING);
});

type Line = Readonly<Record<string, unknown>>;

/** The gateway's steps stand in its audit log. */
const FILES = SERVICE_NAMES.map(name => (name === 'gateway' ? 'data/gateway/audit.ndjson' : `logs/${name}.log`));

function linesOf(file: string): readonly Line[] {
  const service = file.split(/[/.]/)[1] ?? '';
  const text = readFileSync(join(facts.dir, file), 'utf8');
  return text.split('\n').flatMap(line => (line.startsWith('{') ? [{ file: service, ...JSON.parse(line) }] : []));
}

test('a run is followed through the logs of all services by its correlation id, in one trace', async () => {
  const before = linesOf('data/gateway/audit.ndjson').length;
  const { exitCode } = await gobool(['backtest', 'strategy.ts', '--data', 'prices.csv', '--cluster', '--no-store'], {
    cwd,
  });
  expect(exitCode).toBe(0);
  const submits = linesOf('data/gateway/audit.ndjson')
    .slice(before)
    .filter(({ method, url }) => method === 'POST' && url === '/v1/runs');
  const { correlationId, traceId, spanId } = submits.at(-1) ?? {};
  const ofRun = () => FILES.flatMap(linesOf).filter(line => line.correlationId === correlationId);
  const steps = () => ofRun().map(({ file, url, msg }) => `${file}: ${msg ?? url}`);
  const wanted = [
    'gateway: /v1/runs',
    'command: command handled',
    'command: run over',
    'worker: task taken',
    'worker: task ended',
    'join: run stored',
    'join: result stored',
  ];
  await expect.poll(() => wanted.filter(step => !steps().includes(step)), { timeout: 30_000 }).toEqual([]);
  const lines = ofRun();
  expect(new Set(lines.map(line => line.traceId))).toEqual(new Set([traceId]));
  const parentOf = (text: string) => lines.find(({ msg }) => msg === text)?.parentSpanId;
  const spanOf = (text: string) => lines.find(({ msg }) => msg === text)?.spanId;
  expect(parentOf('command handled')).toBe(spanId);
  expect(parentOf('run over')).toBe(spanOf('command handled'));
  expect(parentOf('task ended')).toBe(spanOf('command handled'));
  expect(parentOf('result stored')).toBe(spanOf('task ended'));
});

test('every service shows its metrics, without a key', async () => {
  const pageOf = async (name: (typeof SERVICE_NAMES)[number]) =>
    (await fetch(`${urlOf(name, facts.ports)}/metrics`)).text();
  const pages = await Promise.all(SERVICE_NAMES.map(pageOf));
  for (const [i, name] of SERVICE_NAMES.entries()) {
    expect(pages[i]).toContain(`# HELP gobool_${name}_`);
    expect(pages[i]).toMatch(new RegExp(`^process_resident_memory_bytes\\{service="${name}"\\} [1-9]`, 'm'));
  }
  const all = pages.join('\n');
  const value = (name: string, page = all) => Number(new RegExp(`^${name}\\{.*\\} (\\S+)$`, 'm').exec(page)?.[1]);
  // Kept for a while: what was seen last may be the run before, as it waited.
  const queued = async () => value('gobool_command_queue_tasks', await pageOf('command'));
  await expect.poll(queued, { timeout: 15_000 }).toBe(0);
  expect(value('gobool_command_dispatches_total')).toBeGreaterThan(0);
  expect(value('gobool_join_stored_pieces_total')).toBeGreaterThan(0);
  expect(value('gobool_join_lag_messages')).toBeGreaterThanOrEqual(0);
  expect(value('gobool_worker_sandbox_cpu_seconds_total')).toBeGreaterThan(0);
});

test('of a metric that passes a threshold, and of its return, one replica tells the webhook once', async () => {
  const told: Line[] = [];
  const server = createServer(async (request, response) => {
    told.push(JSON.parse(Buffer.concat(await request.toArray()).toString()));
    response.writeHead(204).end();
  }).listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const sql = postgresSql({
    ...{ host: '127.0.0.1', port: facts.ports.postgres, user: 'gobool' },
    ...{ password: facts.secrets.postgres, database: 'gobool' },
  });
  const etcd = etcdClient(urlOf('etcd', facts.ports));
  const endpoints = etcdObjects(etcd, SERVICE_ENDPOINTS);
  onTestFinished(async () => {
    server.close();
    etcd.close();
    await sql.query("DELETE FROM gobool.alerts WHERE metric = 'process_heap_bytes'");
    await sql.close();
  });

  /** Two replicas look until the webhook knows of so many changes, and a little longer. */
  async function watchUntil(count: number, warning: number): Promise<void> {
    const stop = new AbortController();
    const webhook = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const settings = { webhook, thresholds: { process_heap_bytes: { warning } } };
    const log = pino({ enabled: false });
    const watching = { sql, endpoints, settings, log, signal: stop.signal, everyMs: 50 };
    const replicas = [watchThresholds(watching), watchThresholds(watching)];
    const ofMetric = () => told.filter(({ metric }) => metric === 'process_heap_bytes');
    await vi.waitUntil(() => ofMetric().length >= count, { timeout: 30_000, interval: 20 });
    await new Promise(resolve => setTimeout(resolve, 500));
    stop.abort();
    await Promise.all(replicas);
    expect(ofMetric()).toHaveLength(count);
  }

  await watchUntil(1, 1);
  await watchUntil(2, 1e15);
  expect(told.filter(({ metric }) => metric === 'process_heap_bytes')).toMatchObject([
    { v: 1, kind: 'alert', before: 'ok', level: 'warning', threshold: { warning: 1 }, value: expect.any(Number) },
    { v: 1, kind: 'alert', before: 'warning', level: 'ok' },
  ]);
});
