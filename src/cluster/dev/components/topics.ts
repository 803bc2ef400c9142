/** Reads a broker's topics and carries out a plan for them. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Admin } from 'kafkajs';
import type { Topic } from '../../schema/topics.ts';
import type { TopicPlan } from './topic-plan.ts';

const POLL_MS = 50;

/** Kafka's numbers: the kind of resource whose configuration is meant, */
const TOPIC_RESOURCE = 2;

/** and a value that was set on the topic itself, as opposed to the broker's or the default. */
const SET_ON_TOPIC = 1;

/** Those of the named topics that exist. */
export async function readTopics(admin: Admin, names: readonly string[]): Promise<readonly Topic[]> {
  const all = new Set(await admin.listTopics());
  const existing = names.filter(name => all.has(name));
  if (existing.length === 0) return [];
  const resources = existing.map(name => ({ type: TOPIC_RESOURCE, name }));
  const [metadata, configs] = await Promise.all([
    admin.fetchTopicMetadata({ topics: existing }),
    admin.describeConfigs({ resources, includeSynonyms: false }),
  ]);
  const configOf = new Map(
    configs.resources.map(({ resourceName, configEntries }) => [
      resourceName,
      Object.fromEntries(
        configEntries
          .filter(({ configSource }) => configSource === SET_ON_TOPIC)
          .map(({ configName, configValue }) => [configName, configValue]),
      ),
    ]),
  );
  return metadata.topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.length,
    config: configOf.get(name) ?? {},
  }));
}

/**
 * Idempotent. Resolves when every new partition has a leader: a batch that meets one without is stored in part, and
 * again.
 */
export async function applyPlan(admin: Admin, plan: TopicPlan, signal: AbortSignal): Promise<void> {
  const { create, grow, configure } = plan;
  if (create.length > 0)
    await admin.createTopics({
      waitForLeaders: false,
      topics: create.map(topic => ({
        topic: topic.name,
        numPartitions: topic.partitions,
        configEntries: configEntries(topic),
      })),
    });
  if (grow.length > 0)
    await admin.createPartitions({
      topicPartitions: grow.map(({ name, partitions }) => ({ topic: name, count: partitions })),
    });
  if (configure.length > 0)
    await admin.alterConfigs({
      validateOnly: false,
      resources: configure.map(topic => ({
        type: TOPIC_RESOURCE,
        name: topic.name,
        configEntries: configEntries(topic),
      })),
    });
  await untilLed(admin, [...create, ...grow], signal);
}

const configEntries = ({ config }: Topic) => Object.entries(config).map(([name, value]) => ({ name, value }));

async function untilLed(admin: Admin, topics: readonly Topic[], signal: AbortSignal): Promise<void> {
  while (!(await areLed(admin, topics))) await sleep(POLL_MS, undefined, { signal });
}

/**
 * Only a leader knows offsets; for a topic or partition that is new, brokers and kafkajs answer with an error of many
 * kinds.
 */
async function areLed(admin: Admin, topics: readonly Topic[]): Promise<boolean> {
  try {
    if (topics.length > 0) await admin.fetchTopicMetadata({ topics: topics.map(({ name }) => name) });
    const offsets = await Promise.all(topics.map(({ name }) => admin.fetchTopicOffsets(name)));
    return topics.every(({ partitions }, i) => (offsets[i]?.length ?? 0) >= partitions);
  } catch {
    return false;
  }
}
