import { randomUUID } from 'node:crypto';
import type { Admin } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kafkaBus } from '../../src/cluster/adapters/kafka/bus.ts';
import { kafkaClient } from '../../src/cluster/adapters/kafka/kafka-client.ts';
import type { ClusterFacts } from '../../src/cluster/dev/cluster-facts.ts';
import type { ComponentClient } from '../../src/cluster/dev/component.ts';
import { kafkaComponent } from '../../src/cluster/dev/components/kafka.ts';
import { planTopics, topicDrift } from '../../src/cluster/dev/components/topic-plan.ts';
import { applyPlan, readTopics } from '../../src/cluster/dev/components/topics.ts';
import { clusterProcesses } from '../../src/cluster/dev/native/cluster-processes.ts';
import type { Topic } from '../../src/cluster/schema/topics.ts';
import { errorOf } from '../helpers/errors.ts';
import { testCluster } from '../helpers/test-cluster.ts';

const EVIDENCE = /^message produced and consumed in \d+ ms$/;
const TOPIC_RESOURCE = 2;

let facts: ClusterFacts;
let client: ComponentClient;
let admin: Admin;

const kafka = () =>
  kafkaClient({ brokers: [`127.0.0.1:${facts.ports.kafka}`], clientId: 'kafka-test', timeoutMs: 5000, retries: 5 });
const soon = () => AbortSignal.timeout(10_000);

beforeAll(async () => {
  facts = await testCluster();
  client = kafkaComponent.open(facts);
  admin = kafka().admin();
  await admin.connect();
});

afterAll(async () => {
  await client.close();
  await admin.disconnect();
});

describe('probe', () => {
  test('tells how long a message took', async () => {
    expect(await client.probe(soon())).toMatch(EVIDENCE);
  });

  test('sees neither old messages nor those of other probes', async () => {
    const bus = kafkaBus(kafka());
    await bus.publish(
      'probe',
      Array.from({ length: 2000 }, (_, i) => ({ key: String(i), value: 'old' })),
    );
    await bus.close();
    const evidence = await Promise.all([1, 2, 3, 4].map(() => client.probe(soon())));
    for (const line of evidence) expect(line).toMatch(EVIDENCE);
  });

  test('leaves no consumer group behind', async () => {
    await client.probe(soon());
    const { groups } = await admin.listGroups();
    expect(groups.map(({ groupId }) => groupId).filter(id => id.startsWith('probe-'))).toEqual([]);
  });

  test('fails while the broker is stopped, and so does a check; both recover', async () => {
    const pids = clusterProcesses(facts.id).flatMap(({ role, pid }) => (role === 'kafka' ? [pid] : []));
    expect(pids).toHaveLength(1);
    await client.check(soon());
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    try {
      const started = performance.now();
      const failures = [
        errorOf(() => client.check(AbortSignal.timeout(1500))),
        errorOf(() => client.probe(AbortSignal.timeout(2000))),
      ];
      for (const failure of failures) expect((await failure).code).toBe('GB_PROBE_KAFKA');
      expect(performance.now() - started).toBeLessThan(3000);
    } finally {
      for (const pid of pids) process.kill(pid, 'SIGCONT');
    }
    await expect.poll(() => client.check(AbortSignal.timeout(1500)), { timeout: 20_000 }).toBeUndefined();
    await expect.poll(() => client.probe(soon()), { timeout: 20_000 }).toMatch(EVIDENCE);
  });
});

describe('topics', () => {
  test('are as declared, and are made so again after somebody altered one', async () => {
    expect(await client.drift(soon())).toEqual([]);
    const configEntries = [{ name: 'retention.ms', value: '1000' }];
    const resource = { type: TOPIC_RESOURCE, name: 'ticks.late', configEntries };
    await admin.alterConfigs({ validateOnly: false, resources: [resource] });
    await expect
      .poll(() => client.drift(soon()))
      .toEqual([
        'topic ticks.late has message.timestamp.type=default, not LogAppendTime',
        'topic ticks.late has retention.ms=1000, not 604800000',
      ]);
    await client.initialise(soon());
    await expect.poll(() => client.drift(soon())).toEqual([]);
  });

  test('are created, grown and configured, never deleted or shrunk', async () => {
    const name = `reconcile-${randomUUID()}`;
    const make = (suffix: string, partitions: number, config: Topic['config'] = {}): Topic => ({
      name: `${name}-${suffix}`,
      partitions,
      config,
    });
    const first = [make('a', 2, { 'retention.ms': '1000' }), make('b', 3), make('c', 1)];
    const second = [make('a', 4, { 'cleanup.policy': 'compact' }), make('b', 1), make('d', 2)];
    const all = [...first, ...second].map(topic => topic.name);
    const reconcile = async (topics: readonly Topic[]) =>
      applyPlan(admin, planTopics(topics, await readTopics(admin, all)), soon());
    try {
      await reconcile(first);
      expect(topicDrift(first, await readTopics(admin, all))).toEqual([]);
      await reconcile(second);
      await expect
        .poll(async () => topicDrift(second, await readTopics(admin, all)))
        .toEqual([`topic ${name}-b has partitions=3, not 1`]);
      expect((await readTopics(admin, all)).map(topic => topic.name)).toContain(`${name}-c`);
    } finally {
      const existing = await readTopics(admin, all);
      await admin.deleteTopics({ topics: existing.map(topic => topic.name) });
    }
  });
});
