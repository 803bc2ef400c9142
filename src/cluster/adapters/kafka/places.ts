/** Where in its partitions a group stands. */
import type { Admin } from 'kafkajs';
import type { Start } from '../../ports/bus.ts';
import { patiently } from './kafka-error.ts';

export interface Place {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
}

const NEVER_COMMITTED = '-1';

/** One for each partition of the topics. */
export async function startOf(admin: Admin, topics: readonly string[], from: Start): Promise<readonly Place[]> {
  const ofTopic = async (topic: string) =>
    (await patiently(() => admin.fetchTopicOffsets(topic))).map(({ partition, low, high }) => ({
      topic,
      partition,
      offset: from === 'latest' ? high : low,
    }));
  const places = (await Promise.all(topics.map(ofTopic))).flat();
  if (typeof from === 'string') return places;
  const committed = await committedBy(admin, from.group, topics);
  return places.map(place => ({ ...place, offset: committed.get(nameOf(place)) ?? place.offset }));
}

/** Those of the places whose partitions the group never committed. */
export async function uncommitted(admin: Admin, group: string, places: readonly Place[]): Promise<readonly Place[]> {
  if (places.length === 0) return [];
  const committed = await committedBy(admin, group, [...new Set(places.map(({ topic }) => topic))]);
  return places.filter(place => !committed.has(nameOf(place)));
}

/** Offsets by the names of their partitions. */
async function committedBy(
  admin: Admin,
  group: string,
  topics: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const committed = new Map<string, string>();
  const fetched = await patiently(() => admin.fetchOffsets({ groupId: group, topics: [...topics] }));
  for (const { topic, partitions } of fetched)
    for (const { partition, offset } of partitions)
      if (offset !== NEVER_COMMITTED) committed.set(nameOf({ topic, partition }), offset);
  return committed;
}

const nameOf = ({ topic, partition }: Omit<Place, 'offset'>) => `${topic} ${partition}`;
