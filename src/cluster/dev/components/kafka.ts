/** Speaks to the broker: is it there, does it have our topics, does a message go in and come out. */
import { randomUUID } from 'node:crypto';
import type { Kafka } from 'kafkajs';
import { GoboolError } from '../../../runtime/base/error.ts';
import { kafkaBus } from '../../adapters/kafka/bus.ts';
import { kafkaClient } from '../../adapters/kafka/kafka-client.ts';
import { rootCause } from '../../adapters/kafka/kafka-error.ts';
import { TOPICS } from '../../schema/topics.ts';
import { orAborted } from '../../services/common/or-aborted.ts';
import type { ClusterFacts } from '../cluster-facts.ts';
import type { Component, ComponentClient } from '../component.ts';
import { withAdmin } from './kafka-admin.ts';
import { planTopics, topicDrift } from './topic-plan.ts';
import { applyPlan, readTopics } from './topics.ts';

const TOPIC_NAMES = TOPICS.map(({ name }) => name);

export const kafkaComponent: Component = { name: 'kafka', after: [], needs: [], open };

function open(facts: ClusterFacts): ComponentClient {
  const address = { brokers: [`127.0.0.1:${facts.ports.kafka}`], clientId: `gobool-${facts.name}` };
  const kafka = kafkaClient({ ...address, timeoutMs: 5000, retries: 5 });
  /** Its connection is kept between checks, and made anew by kafkajs when it broke. */
  const pulse = kafkaClient({ ...address, timeoutMs: 1200, retries: 0 }).admin();

  const check = async () => {
    await pulse.connect();
    await pulse.describeCluster();
  };
  const initialise = (signal: AbortSignal) =>
    withAdmin(kafka, async admin => {
      await applyPlan(admin, planTopics(TOPICS, await readTopics(admin, TOPIC_NAMES)), signal);
    });
  const drift = () => withAdmin(kafka, async admin => topicDrift(TOPICS, await readTopics(admin, TOPIC_NAMES)));

  return {
    check: signal => coded('does not answer', check(), signal),
    initialise: signal => coded('did not take its topics', initialise(signal), signal),
    probe: signal => coded('did not carry a message', probe(kafka, signal), signal),
    drift: signal => coded('did not show its topics', drift(), signal),
    close: () => pulse.disconnect(),
  };
}

async function coded<T>(failure: string, work: Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await orAborted(work, signal);
  } catch (error) {
    const cause = rootCause(error);
    const reason = signal.aborted || !(cause instanceof Error) ? 'no answer in time' : cause.message;
    throw new GoboolError('GB_PROBE_KAFKA', `Kafka ${failure}: ${reason}.`, { cause: error });
  }
}

/**
 * A group of its own that starts at the end: neither old messages nor other probes disturb it. A group that could not
 * be deleted afterwards is forgotten by the broker after a week.
 */
async function probe(kafka: Kafka, signal: AbortSignal): Promise<string> {
  const bus = kafkaBus(kafka);
  const key = randomUUID();
  const group = `probe-${key}`;
  const arrival = Promise.withResolvers<number>();
  try {
    const { positioned } = await bus.subscribe({
      group,
      topics: ['probe'],
      from: 'latest',
      handler: async message => {
        if (message.key === key) arrival.resolve(performance.now());
      },
    });
    await orAborted(positioned, signal);
    const sentAt = performance.now();
    await bus.publish('probe', [{ key, value: '{"v":1}' }]);
    const arrivedAt = await orAborted(arrival.promise, signal);
    return `message produced and consumed in ${Math.round(arrivedAt - sentAt)} ms`;
  } finally {
    await bus.close();
    await withAdmin(kafka, admin => admin.deleteGroups([group])).catch(() => {});
  }
}
