/** The gateway's process on real engines: what it keeps through kills, and what it says while engines are away. */
import { hash as digest } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { kafkaBus } from '../../src/cluster/adapters/kafka/bus.ts';
import { kafkaClient } from '../../src/cluster/adapters/kafka/kafka-client.ts';
import { decodeMessage } from '../../src/cluster/contracts/define-message.ts';
import { runSubmit } from '../../src/cluster/contracts/messages/run-submit.ts';
import type { ClusterFacts } from '../../src/cluster/dev/cluster-facts.ts';
import { kafkaComponent } from '../../src/cluster/dev/components/kafka.ts';
import { kafkaEngine } from '../../src/cluster/dev/native/engines/kafka.ts';
import type { Message } from '../../src/cluster/ports/bus.ts';
import { createKey, revokeKey } from '../../src/cluster/services/common/api-keys.ts';
import { randomArtifact } from '../contracts/artifacts.ts';
import { type RealGateway, realGateway } from '../helpers/gateway/gateway-process.ts';
import { crash, soloEngine } from '../helpers/solo-engine.ts';
import { testCluster } from '../helpers/test-cluster.ts';

const BYTES = { 'content-type': 'application/octet-stream' };
const JSON_TYPE = { 'content-type': 'application/json' };
const SECONDS = { timeout: 10_000 };

async function ask({ url, authorization }: RealGateway, method: string, path: string, init: RequestInit = {}) {
  const headers = { authorization, ...init.headers };
  const response = await fetch(url + path, { method, ...init, headers });
  const body = Buffer.from(await response.arrayBuffer());
  const isJson = body.length > 0 && response.headers.get('content-type')?.includes('json');
  return { status: response.status, body, json: isJson ? JSON.parse(body.toString()) : undefined };
}

const put = (gateway: RealGateway, hash: string, bytes: Buffer) =>
  ask(gateway, 'PUT', `/v1/artifacts/${hash}`, { headers: BYTES, body: new Uint8Array(bytes) });

const submit = (gateway: RealGateway, bundle: string, idempotencyKey: string) =>
  ask(gateway, 'POST', '/v1/runs', {
    headers: { ...JSON_TYPE, 'idempotency-key': idempotencyKey },
    body: JSON.stringify({
      name: 'sma',
      spec: { kind: 'describe', bundle, limits: { barTimeoutMs: 1_000, memoryMb: 64 } },
    }),
  });

const health = async (gateway: RealGateway): Promise<readonly string[]> =>
  (await ask(gateway, 'GET', '/health')).json.problems;

const gateways = async ({ endpoints }: RealGateway) => (await endpoints.list('gateway/')).map(({ value }) => value);

/** What topic `commands` has of a run. */
async function commandsOf({ ports }: ClusterFacts, runId: () => string | undefined): Promise<readonly Message[]> {
  const brokers = [`127.0.0.1:${ports.kafka}`];
  const bus = kafkaBus(kafkaClient({ brokers, clientId: 'test', timeoutMs: 10_000, retries: 5 }));
  onTestFinished(() => bus.close());
  const found: Message[] = [];
  const handler = async (message: Message) => void (message.key === runId() && found.push(message));
  const { positioned } = await bus.subscribe({
    group: crypto.randomUUID(),
    topics: ['commands'],
    from: 'latest',
    handler,
  });
  await positioned;
  return found;
}

test('who asks: a key works from when it is made until it is revoked', async () => {
  const gateway = await realGateway(await testCluster());
  const path = `/v1/artifacts/${'0'.repeat(64)}`;
  const statusWith = async (authorization: string) =>
    (await ask(gateway, 'HEAD', path, { headers: { authorization } })).status;
  expect(await statusWith('')).toBe(401);
  expect(await statusWith(`${gateway.authorization.slice(0, -1)}!`)).toBe(401);
  expect(await statusWith(gateway.authorization)).toBe(404);
  const key = await createKey(gateway.stores, { name: 'second', scopes: ['read'], expiresMs: null });
  expect(await statusWith(`Bearer ${key}`)).toBe(404);
  await revokeKey(gateway.stores, key.slice(3, 17));
  await expect.poll(() => statusWith(`Bearer ${key}`), { timeout: 5_000 }).toBe(401);
  expect(await statusWith(gateway.authorization)).toBe(404);
  expect(gateway.process.log()).not.toContain(gateway.authorization.slice(25));
});

test('artifacts go up and down; those of another hash or of more than 64 MB do not', async () => {
  const gateway = await realGateway(await testCluster());
  const { hash, bytes } = randomArtifact(10_000_000);
  expect((await put(gateway, hash, bytes.subarray(1))).json.code).toBe('GB_ARTIFACT_BROKEN');
  expect((await put(gateway, hash, bytes)).status).toBe(201);
  expect((await put(gateway, hash, bytes)).status).toBe(200);
  expect((await ask(gateway, 'GET', `/v1/artifacts/${hash}`)).body.equals(bytes)).toBe(true);
  const large = await put(gateway, hash, Buffer.alloc(64 * 2 ** 20 + 1));
  expect([large.status, large.json.code]).toEqual([413, 'GB_REQUEST_TOO_LARGE']);
});

test('one idempotency key is one run, through a kill -9', async () => {
  const facts = await testCluster();
  const gateway = await realGateway(facts);
  let runId: string | undefined;
  const commands = await commandsOf(facts, () => runId);
  const { hash, bytes } = randomArtifact(100);
  expect((await submit(gateway, hash, 'one')).json).toMatchObject({ code: 'GB_ARTIFACT_MISSING', problems: [hash] });
  await put(gateway, hash, bytes);
  runId = `r-${digest('sha256', `${gateway.authorization.slice(10, 24)}\none`).slice(0, 24)}`;
  const first = await submit(gateway, hash, 'one');
  expect([first.status, first.json]).toEqual([202, { runId }]);
  gateway.process.child.kill('SIGKILL');
  await gateway.process.ended;
  await gateway.start();
  const again = await submit(gateway, hash, 'one');
  expect([again.status, again.json]).toEqual([202, { runId }]);
  await expect.poll(() => commands, SECONDS).toHaveLength(2);
  const [one, other] = commands.map(({ value }) => decodeMessage(runSubmit, value));
  expect({ ...one, submittedMs: 0 }).toEqual({ ...other, submittedMs: 0 });
  await expect.poll(() => gateways(gateway), SECONDS).toHaveLength(1);
});

test('it is found in etcd while it runs, and not after it was asked to end', async () => {
  const gateway = await realGateway(await testCluster());
  const { url, process: running } = gateway;
  await expect.poll(() => gateways(gateway), SECONDS).toEqual([{ url, pid: running.pid }]);
  running.child.kill('SIGTERM');
  expect(await running.ended).toBe(0);
  expect(await gateways(gateway)).toEqual([]);
});

describe('while something is away', () => {
  test('join: runs cannot be shown, and health says so', async () => {
    const gateway = await realGateway(await testCluster());
    const { status, json } = await ask(gateway, 'GET', '/v1/runs/r-0123456789abcdef01234567');
    expect([status, json.code, json.retryable]).toEqual([503, 'GB_SERVICE_AWAY', true]);
    await expect.poll(() => health(gateway), SECONDS).toEqual(['join: No replica of join is registered.']);
  });

  test('etcd: known keys go on, unknown ones hear of it, and it is registered again after', async () => {
    const gateway = await realGateway(await testCluster());
    const { hash, bytes } = randomArtifact(100);
    await expect.poll(() => gateways(gateway), SECONDS).toHaveLength(1);
    await put(gateway, hash, bytes);
    await crash(gateway.etcd.process());
    expect((await submit(gateway, hash, 'two')).status).toBe(202);
    const authorization = `Bearer gb_k-000000000000_${'a'.repeat(32)}`;
    const unknown = await ask(gateway, 'GET', `/v1/artifacts/${hash}`, { headers: { authorization } });
    expect([unknown.status, unknown.json.code]).toEqual([503, 'GB_ETCD_UNAVAILABLE']);
    expect((await health(gateway)).map(problem => problem.split(':')[0])).toEqual(['etcd', 'join']);
    await gateway.etcd.start();
    await expect.poll(() => gateways(gateway), { timeout: 20_000 }).toHaveLength(1);
    expect((await submit(gateway, hash, 'two')).status).toBe(202);
  });

  test('Kafka: nothing is accepted, which is said soon; the same request is accepted after', async () => {
    const kafka = await soloEngine(kafkaEngine, kafkaComponent);
    const facts = await testCluster();
    const gateway = await realGateway({ ...facts, ports: { ...facts.ports, kafka: kafka.facts.ports.kafka } });
    const { hash, bytes } = randomArtifact(100);
    await put(gateway, hash, bytes);
    const before = await submit(gateway, hash, 'three');
    expect(before.status).toBe(202);
    await crash(kafka.process());
    const startMs = performance.now();
    const { status, json } = await submit(gateway, hash, 'three');
    expect([status, json.code, json.retryable]).toEqual([503, 'GB_BUS_UNAVAILABLE', true]);
    expect(performance.now() - startMs).toBeLessThan(5_000);
    await kafka.start();
    await expect.poll(async () => (await submit(gateway, hash, 'three')).status, { timeout: 20_000 }).toBe(202);
    expect((await submit(gateway, hash, 'three')).json).toEqual(before.json);
  });
});
