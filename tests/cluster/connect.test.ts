/** Kafka Connect at work: what the declared connector makes of candles, and how it comes back from what breaks it. */
import { readFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { kafkaBus } from '../../src/cluster/adapters/kafka/bus.ts';
import { kafkaClient } from '../../src/cluster/adapters/kafka/kafka-client.ts';
import { mongoDocuments } from '../../src/cluster/adapters/mongo/documents.ts';
import { mongoClient } from '../../src/cluster/adapters/mongo/mongo-client.ts';
import type { ClusterFacts } from '../../src/cluster/dev/cluster-facts.ts';
import { logFile } from '../../src/cluster/dev/cluster-folder.ts';
import type { ComponentName } from '../../src/cluster/dev/component.ts';
import { connectComponent } from '../../src/cluster/dev/components/connect.ts';
import { mongodbComponent } from '../../src/cluster/dev/components/mongodb.ts';
import type { Message } from '../../src/cluster/ports/bus.ts';
import { CANDLES } from '../../src/cluster/schema/indexes.ts';
import { clusterCommand } from '../helpers/cluster-command.ts';
import { errorOf } from '../helpers/errors.ts';
import { checkTime, patience } from '../helpers/solo-engine.ts';
import { clusterProject, testCluster } from '../helpers/test-cluster.ts';

const NAME = 'market-candles';
const EVIDENCE = /^connector market-candles and its task RUNNING; MongoDB lets it write, asked in \d+ ms$/;

interface Candle {
  readonly _id: string;
  readonly product: string;
  readonly time: number;
  readonly close: string;
}

const until = (isSo: () => Promise<boolean>) => vi.waitUntil(isSo, { timeout: 60_000, interval: 100 });

function open(facts: ClusterFacts) {
  const { ports, secrets } = facts;
  const product = `crypto.${crypto.randomUUID()}.global`;
  const bus = kafkaBus(
    kafkaClient({ brokers: [`127.0.0.1:${ports.kafka}`], clientId: 'test', timeoutMs: 10_000, retries: 5 }),
  );
  const login = { name: 'gobool', password: secrets.mongodbApp };
  const mongo = mongoClient({ host: '127.0.0.1', port: ports.mongodb, login, timeoutMs: 5_000 });
  const candles = mongoDocuments<Candle>(mongo, CANDLES.database, CANDLES.collection);
  const client = connectComponent.open(facts);
  onTestFinished(async () => {
    await Promise.all([bus.close(), mongo.close(), client.close()]);
  });
  return {
    bus,
    client,
    product,
    candle: (i: number): Candle => ({ _id: `${product}|1m|${i}`, product, time: i, close: `${i}.50` }),
    publish: (...values: readonly unknown[]) =>
      bus.publish(
        'candles.1m',
        values.map(value => ({ key: product, value: typeof value === 'string' ? value : JSON.stringify(value) })),
      ),
    stored: () => candles.find({ where: { product }, sort: { field: 'time', direction: 'ascending' }, limit: 10_000 }),
  };
}

/** Everything that comes into `dead-letters` from now on. */
async function deadLetters(bus: ReturnType<typeof open>['bus']): Promise<readonly Message[]> {
  const messages: Message[] = [];
  const subscription = await bus.subscribe({
    group: `test-${crypto.randomUUID()}`,
    topics: ['dead-letters'],
    from: 'latest',
    handler: async message => {
      messages.push(message);
    },
  });
  await subscription.positioned;
  return messages;
}

const request = async ({ ports }: ClusterFacts, method: string, path: string, body?: unknown) => {
  const sent = {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
  const response = await fetch(`http://127.0.0.1:${ports.connect}${path}`, sent);
  return await response.text();
};

async function pidOf(name: ComponentName): Promise<number> {
  const { stdout } = await clusterCommand(clusterProject('shared'), ['status', '--json']);
  const { data } = JSON.parse(stdout) as { data: { components: readonly { name: string; pid: number }[] } };
  return data.components.find(component => component.name === name)!.pid;
}

describe('candles', () => {
  test('published twice are stored once, as they are', async () => {
    const { candle, publish, stored } = open(await testCluster());
    const candles = Array.from({ length: 500 }, (_, i) => candle(i));
    await publish(...candles);
    await publish(...candles);
    await publish(candle(500));
    await until(async () => (await stored()).length === 501);
    expect(await stored()).toEqual([...candles, candle(500)]);
  });

  test('what is no candle goes to dead-letters with the reason, and the next one is stored', async () => {
    const { bus, candle, publish, stored, product } = open(await testCluster());
    const dead = await deadLetters(bus);
    await publish(candle(1), 'no JSON', { product, time: 2 }, candle(3));
    await until(async () => (await stored()).length === 2);
    expect(await stored()).toEqual([candle(1), candle(3)]);
    const ours = () => dead.filter(({ key }) => key === product);
    await until(async () => ours().length === 2);
    expect(ours().map(({ value }) => value.toString())).toEqual(['no JSON', JSON.stringify({ product, time: 2 })]);
    for (const { headers } of ours()) {
      expect(headers['__connect.errors.topic']).toBe('candles.1m');
      expect(headers['__connect.errors.exception.message']).not.toBe('');
    }
  });

  test('arrive although the worker was killed', async () => {
    const { candle, publish, stored } = open(await testCluster());
    await publish(candle(1));
    process.kill(await pidOf('connect'), 'SIGKILL');
    await publish(candle(2));
    await until(async () => (await stored()).length === 2);
    await testCluster();
  });

  test('arrive after a failure of the task, which the check tells and mends', async () => {
    const facts = await testCluster();
    const { candle, publish, stored, client } = open(facts);
    const login = { name: 'admin', password: facts.secrets.mongodbAdmin };
    const admin = mongoClient({ host: '127.0.0.1', port: facts.ports.mongodb, login, timeoutMs: 5_000 });
    const mongodb = mongodbComponent.open(facts);
    onTestFinished(() => Promise.all([admin.close(), mongodb.close()]).then(() => {}));
    await admin.db('admin').command({ updateUser: 'connect', roles: [] });
    await publish(candle(1));
    const failure = async () =>
      client.check(checkTime()).then(
        () => undefined,
        (error: Error) => error.message,
      );
    await until(async () =>
      /connector market-candles: task 0 is FAILED, .*not authorized/.test((await failure()) ?? ''),
    );
    await mongodb.initialise(patience());
    await until(async () => (await failure()) === undefined && (await stored()).length === 1);
    await testCluster();
    expect(await client.probe(patience())).toMatch(EVIDENCE);
  });
});

describe('connectors', () => {
  test('one that was deleted is told and made again', async () => {
    const facts = await testCluster();
    const { client } = open(facts);
    expect(await client.drift(patience())).toEqual([]);
    await request(facts, 'DELETE', `/connectors/${NAME}`);
    await until(async () => (await client.drift(patience()))[0] === 'connector market-candles is missing');
    expect(await errorOf(() => client.probe(patience()))).toMatchObject({
      code: 'GB_PROBE_CONNECT',
      message: 'Kafka Connect: connector market-candles is missing',
    });
    await client.initialise(patience());
    expect(await client.drift(patience())).toEqual([]);
    expect(await client.probe(patience())).toMatch(EVIDENCE);
  });

  test('one that was changed is told and changed back', async () => {
    const facts = await testCluster();
    const { client } = open(facts);
    const config = JSON.parse(await request(facts, 'GET', `/connectors/${NAME}/config`));
    await request(facts, 'PUT', `/connectors/${NAME}/config`, {
      ...config,
      'tasks.max': '2',
      'errors.log.enable': 'true',
    });
    await until(
      async () =>
        (await client.drift(patience()))[0] === 'connector market-candles differs in tasks.max, errors.log.enable',
    );
    await client.initialise(patience());
    expect(await client.drift(patience())).toEqual([]);
  });

  test('one that was paused runs again', async () => {
    const facts = await testCluster();
    const { client } = open(facts);
    await request(facts, 'PUT', `/connectors/${NAME}/pause`);
    const problem = async () =>
      client.probe(patience()).then(
        () => '',
        (error: Error) => error.message,
      );
    await until(
      async () => (await problem()) === 'Kafka Connect: connector market-candles: it is PAUSED; task 0 is PAUSED',
    );
    await client.initialise(patience());
    expect(await client.probe(patience())).toMatch(EVIDENCE);
  });

  test('nobody declared is told and left alone', async () => {
    const facts = await testCluster();
    const { client } = open(facts);
    const config = JSON.parse(await request(facts, 'GET', `/connectors/${NAME}/config`));
    onTestFinished(async () => {
      await request(facts, 'DELETE', '/connectors/own');
    });
    await request(facts, 'PUT', '/connectors/own/config', { ...config, name: 'own', topics: 'probe' });
    await until(async () => (await client.drift(patience()))[0] === 'connector own is not declared');
    await client.initialise(patience());
    expect(await client.drift(patience())).toEqual(['connector own is not declared']);
  });

  test('a worker that stands still fails its check in time, and the same client sees it heal', async () => {
    const { client } = open(await testCluster());
    const pid = await pidOf('connect');
    process.kill(pid, 'SIGSTOP');
    const startMs = performance.now();
    const error = await errorOf(() => client.check(checkTime()));
    process.kill(pid, 'SIGCONT');
    expect(error).toMatchObject({ code: 'GB_PROBE_CONNECT', message: 'Kafka Connect does not answer.' });
    expect(performance.now() - startMs).toBeLessThan(1_700);
    await until(async () =>
      client.check(checkTime()).then(
        () => true,
        () => false,
      ),
    );
    expect(await client.probe(patience())).toMatch(EVIDENCE);
  });
});

test('no password is to be seen: in REST, the log, the command line', async () => {
  const facts = await testCluster();
  const { client } = open(facts);
  await client.probe(patience());
  const texts = [
    await request(facts, 'GET', '/connectors?expand=info&expand=status'),
    await request(facts, 'GET', `/connectors/${NAME}/tasks-config`),
    readFileSync(logFile(facts.dir, 'connect'), 'utf8'),
    readFileSync(`/proc/${await pidOf('connect')}/cmdline`, 'utf8'),
  ];
  expect(texts[0]).toContain(NAME);
  for (const text of texts) for (const secret of Object.values(facts.secrets)) expect(text).not.toContain(secret);
});
