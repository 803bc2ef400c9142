import { randomUUID } from 'node:crypto';
import { afterAll } from 'vitest';
import { kafkaBus } from '../../src/cluster/adapters/kafka/bus.ts';
import { kafkaClient } from '../../src/cluster/adapters/kafka/kafka-client.ts';
import { planTopics } from '../../src/cluster/dev/components/topic-plan.ts';
import { applyPlan } from '../../src/cluster/dev/components/topics.ts';
import { busContract } from '../contracts/bus.ts';
import { busPartitionContract } from '../contracts/bus-partition.ts';
import { testCluster } from '../helpers/test-cluster.ts';

const cleanUp: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const step of cleanUp) await step();
});

async function open() {
  const { ports } = await testCluster();
  const address = { brokers: [`127.0.0.1:${ports.kafka}`], clientId: 'bus-contract', timeoutMs: 5000, retries: 5 };
  const kafka = kafkaClient(address);
  const admin = kafka.admin();
  await admin.connect();
  const topics: string[] = [];
  cleanUp.push(async () => {
    await admin.deleteTopics({ topics });
    await admin.disconnect();
  });
  const makeTopic = async (partitions: number) => {
    const topic = `bus-contract-${randomUUID()}`;
    topics.push(topic);
    await applyPlan(admin, planTopics([{ name: topic, partitions, config: {} }], []), AbortSignal.timeout(20_000));
    return topic;
  };
  return { bus: kafkaBus(kafka), makeTopic };
}

busContract(open);
busPartitionContract(open);
