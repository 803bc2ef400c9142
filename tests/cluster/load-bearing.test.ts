/**
 * Every engine is load-bearing: while one is down the function that rests on it fails with its code, soon, and when it
 * is back the function works and has caught up. Prints a table.
 */
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { kafkaBus } from '../../src/cluster/adapters/kafka/bus.ts';
import { kafkaClient } from '../../src/cluster/adapters/kafka/kafka-client.ts';
import { mongoDocuments } from '../../src/cluster/adapters/mongo/documents.ts';
import { mongoClient } from '../../src/cluster/adapters/mongo/mongo-client.ts';
import { urlOf } from '../../src/cluster/dev/addresses.ts';
import type { ClusterFacts } from '../../src/cluster/dev/cluster-facts.ts';
import type { ComponentName, EngineName } from '../../src/cluster/dev/component.ts';
import { COMPONENTS } from '../../src/cluster/dev/components.ts';
import { type ClusterRole, clusterProcesses } from '../../src/cluster/dev/native/cluster-processes.ts';
import { readApiKey } from '../../src/cluster/dev/state/api-key.ts';
import { CANDLES } from '../../src/cluster/schema/indexes.ts';
import { GoboolError } from '../../src/runtime/base/error.ts';
import { randomArtifact } from '../contracts/artifacts.ts';
import { clusterCommand } from '../helpers/cluster-command.ts';
import { clusterProject, serviceCluster } from '../helpers/test-cluster.ts';

/** Generous, for machines that are busy; the table has the real time. */
const SAID_WITHIN_MS = 8_000;
const BACK_WITHIN = { timeout: 90_000, interval: 100 };

let facts: ClusterFacts;
const rows: Record<string, Record<string, string>> = {};

beforeAll(async () => {
  facts = await serviceCluster();
  await up();
});

afterAll(() => console.table(rows));

/** All components, healthy. */
async function up(): Promise<void> {
  const args = ['up', '--detach', '--only', 'gateway,connect,streams'];
  expect((await clusterCommand(clusterProject('services'), args)).exitCode).toBe(0);
}

/** The answer's JSON; its `code` is that of a refusal. `body`: bytes as they are, anything else as JSON. */
async function ask(url: string, method: string, body?: object, headers: Record<string, string> = {}) {
  const type = body instanceof Uint8Array ? 'application/octet-stream' : 'application/json';
  const response = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${readApiKey(facts.dir)}`, ...(body && { 'content-type': type }), ...headers },
    ...(body && { body: body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body) }),
  });
  const text = await response.text();
  return (text === '' ? {} : JSON.parse(text)) as { readonly code?: string; readonly runId?: string };
}

const codeOf = async (answer: ReturnType<typeof ask>) => (await answer).code ?? '';

const gateway = (path: string) => urlOf('gateway', facts.ports) + path;

/** '' where the component works, else its code. */
async function probe(name: ComponentName): Promise<string> {
  const client = COMPONENTS.find(component => component.name === name)!.open(facts);
  try {
    await client.probe(AbortSignal.timeout(5_000));
    return '';
  } catch (error) {
    return error instanceof GoboolError ? error.code : String(error);
  } finally {
    await client.close();
  }
}

/** `work` while the engine is down: its supervisor stands still, so that it does not come back. */
async function without(engine: EngineName, work: () => Promise<void>): Promise<void> {
  const leaderOf = (role: ClusterRole) =>
    clusterProcesses(facts.id).find(found => found.role === role && found.leads)!.pid;
  const daemon = leaderOf('daemon');
  process.kill(daemon, 'SIGSTOP');
  try {
    process.kill(leaderOf(engine), 'SIGKILL');
    // PostgreSQL's other processes may answer for a moment after the first of them has ended.
    await vi.waitUntil(() => clusterProcesses(facts.id).every(({ role }) => role !== engine));
    await work();
  } finally {
    process.kill(daemon, 'SIGCONT');
  }
}

interface Bearing {
  readonly engine: EngineName;
  /** What a user wants. */
  readonly what: string;
  /** Resolves to its code while it cannot be had, else to ''. */
  readonly use: () => Promise<string>;
  readonly code: string;
  /** Something that is asked for meanwhile, and what must come of it afterwards. */
  readonly meanwhile?: () => Promise<() => Promise<boolean>>;
}

async function submit() {
  const { hash, bytes } = randomArtifact(100);
  await ask(gateway(`/v1/artifacts/${hash}`), 'PUT', bytes);
  const spec = { kind: 'describe', bundle: hash, limits: { barTimeoutMs: 1_000, memoryMb: 64 } };
  const headers = { 'idempotency-key': crypto.randomUUID() };
  return await ask(gateway('/v1/runs'), 'POST', { name: 'test', spec }, headers);
}

/** Accepted while the engine is down. What it describes is no strategy, so it fails when it is done. */
async function acceptedRun(): Promise<() => Promise<boolean>> {
  const { runId } = await submit();
  expect(runId).toMatch(/^r-/);
  return async () => {
    const view = await ask(`${urlOf('join', facts.ports)}/runs/${runId}`, 'GET');
    return (view as { readonly state?: string }).state === 'failed';
  };
}

function openBus() {
  const brokers = [urlOf('kafka', facts.ports)];
  const bus = kafkaBus(kafkaClient({ brokers, clientId: 'test', timeoutMs: 10_000, retries: 5 }));
  onTestFinished(() => bus.close());
  return bus;
}

/** A candle that is published now is in MongoDB later. */
async function publishedCandle(): Promise<() => Promise<boolean>> {
  const _id = `crypto.${crypto.randomUUID()}.global|1m|0`;
  await openBus().publish('candles.1m', [{ key: _id, value: JSON.stringify({ _id, time: 0, close: '1.5' }) }]);
  const login = { name: 'gobool', password: facts.secrets.mongodbApp };
  const mongo = mongoClient({ host: '127.0.0.1', port: facts.ports.mongodb, login, timeoutMs: 5_000 });
  onTestFinished(() => mongo.close());
  const candles = mongoDocuments<{ _id: string }>(mongo, CANDLES.database, CANDLES.collection);
  return async () => (await candles.get(_id)) !== undefined;
}

/** Trades that are published now are a candle later. */
async function publishedTrade(): Promise<() => Promise<boolean>> {
  const bus = openBus();
  const product = `crypto.T${crypto.randomUUID().slice(0, 8)}.global`;
  let made = false;
  const subscription = await bus.subscribe({
    group: `test-${crypto.randomUUID()}`,
    topics: ['candles.1s'],
    from: 'latest',
    handler: async ({ value }) => {
      made ||= value.toString().includes(product);
    },
  });
  await subscription.positioned;
  const timeMs = Math.floor(Date.now() / 1_000) * 1_000;
  const trade = { v: 1, type: 'trade', product, id: 1, time: timeMs, price: '10.50', size: '0.1' };
  const clock = { v: 1, type: 'clock', time: timeMs + 5_000 };
  await bus.publish('ticks', [
    { key: product, value: JSON.stringify(trade), partition: 0 },
    { value: JSON.stringify(clock), partition: 0 },
  ]);
  return async () => made;
}

const BEARINGS: readonly Bearing[] = [
  {
    engine: 'kafka',
    what: 'submit a run',
    use: () => codeOf(submit()),
    code: 'GB_BUS_UNAVAILABLE',
  },
  {
    engine: 'postgres',
    what: 'look at the queue; runs are accepted, and wait',
    use: () => codeOf(ask(`${urlOf('command', facts.ports)}/queue`, 'GET')),
    code: 'GB_SQL_UNAVAILABLE',
    meanwhile: acceptedRun,
  },
  {
    engine: 'mongodb',
    what: 'upload what a run reads',
    use: () => codeOf(ask(gateway('/v1/artifacts/missing'), 'POST', { hashes: ['0'.repeat(64)] })),
    code: 'GB_DOCUMENTS_UNAVAILABLE',
  },
  {
    engine: 'etcd',
    what: 'list API keys; workers end with their leases',
    use: () => codeOf(ask(gateway('/v1/keys'), 'GET')),
    code: 'GB_ETCD_UNAVAILABLE',
    meanwhile: acceptedRun,
  },
  {
    engine: 'streams',
    what: 'fold trades into candles',
    use: () => probe('streams'),
    code: 'GB_PROBE_STREAMS',
    meanwhile: publishedTrade,
  },
  {
    engine: 'connect',
    what: 'store candles in MongoDB',
    use: () => probe('connect'),
    code: 'GB_PROBE_CONNECT',
    meanwhile: publishedCandle,
  },
];

test.each(BEARINGS)(
  'without $engine nobody can $what, and after it everybody can',
  async bearing => {
    const { engine, what, use, code, meanwhile } = bearing;
    await vi.waitUntil(async () => (await use()) === '', BACK_WITHIN);
    let saidMs = 0;
    let isDone: (() => Promise<boolean>) | undefined;
    await without(engine, async () => {
      const startMs = performance.now();
      expect(await use()).toBe(code);
      saidMs = performance.now() - startMs;
      isDone = await meanwhile?.();
      expect(await isDone?.()).not.toBe(true);
    });
    const backMs = performance.now();
    await vi.waitUntil(async () => (await use()) === '', BACK_WITHIN);
    const worksMs = performance.now() - backMs;
    if (isDone) await vi.waitUntil(isDone, BACK_WITHIN);
    const caughtUpMs = performance.now() - backMs;
    await up();
    expect(saidMs).toBeLessThan(SAID_WITHIN_MS);
    rows[engine] = {
      'what stops': what,
      code,
      'said after': seconds(saidMs),
      'works again after': seconds(worksMs),
      'caught up after': isDone ? seconds(caughtUpMs) : '-',
    };
  },
  300_000,
);

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
