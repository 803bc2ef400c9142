/** Where in its partitions a group stands. */
import type { Admin } from 'kafkajs';
import { patiently } from './kafka-error.ts';

export interface Place {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
}

const NEVER_COMMITTED = '-1';

/** Every partition's first or next offset. */
export async function startOf(
  admin: Admin,
  topics: readonly string[],
  from: 'beginning' | 'latest',
): Promise<readonly Place[]> {
  const ofTopic = async (topic: string) =>
    (await patiently(() => admin.fetchTopicOffsets(topic))).map(({ partition, low, high }) => ({
      topic,
      partition,
      offset: from === 'latest' ? high : low,
    }));
  return (await Promise.all(topics.map(ofTopic))).flat();
}

/** Those of the places whose partitions the group never committed. */
export async function uncommitted(admin: Admin, group: string, places: readonly Place[]): Promise<readonly Place[]> {
  if (places.length === 0) return [];
  const topics = [...new Set(places.map(({ topic }) => topic))];
  const committed = new Set<string>();
  for (const { topic, partitions } of await patiently(() => admin.fetchOffsets({ groupId: group, topics })))
    for (const { partition, offset } of partitions)
      if (offset !== NEVER_COMMITTED) committed.add(`${topic} ${partition}`);
  return places.filter(({ topic, partition }) => !committed.has(`${topic} ${partition}`));
}
