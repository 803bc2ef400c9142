/**
 * One subscription: a kafkajs consumer that starts exactly where its group stands.
 *
 * kafkajs resolves "latest" at the first fetch after it joined, so what is published between `subscribe` and that fetch
 * would be skipped, and again after every rebalance until something is committed. Therefore the ends of all partitions
 * are read before joining, and at every join the partitions that have no committed place are sought there, and the
 * place committed. Batches fetched before such a seek are stale and dropped. A handler's failure never reaches kafkajs,
 * which would handle the whole batch again: the partition is sought back to the first message that failed.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Admin, Consumer, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import type { Message, MessageHandler, SubscribeOptions, Subscription } from '../../ports/bus.ts';
import { kafkaError } from './kafka-error.ts';
import { type Place, startOf, uncommitted } from './places.ts';

/**
 * A dead member is noticed after 6 s; a new one joins within a fetch's wait. What there is comes at once; waiting
 * costs the broker and its client the less the longer it may take.
 */
export const GROUP_SETTINGS = {
  sessionTimeout: 6000,
  heartbeatInterval: 1000,
  rebalanceTimeout: 6000,
  maxWaitTimeInMs: 1000,
  minBytes: 1,
};

const PAUSE_AFTER_FAILURE_MS = 250;

export async function subscribe(kafka: Kafka, options: SubscribeOptions): Promise<Subscription> {
  const { group, topics, from } = options;
  const consumer = kafka.consumer({ groupId: group, ...GROUP_SETTINGS });
  const admin = kafka.admin();
  const ended = Promise.withResolvers<void>();
  const close = async () => {
    await Promise.allSettled([consumer.disconnect(), admin.disconnect()]);
    ended.resolve();
  };
  try {
    await Promise.all([admin.connect(), consumer.connect()]);
    const places = placesAtJoins(consumer, admin, group, await startOf(admin, topics, from));
    consumer.on(consumer.events.CRASH, ({ payload: { restart, error } }) => {
      if (!restart) ended.reject(kafkaError(`serve the group ${group}`, error));
    });
    const eachBatch = async (payload: EachBatchPayload) => {
      await places.known();
      await handleBatch(payload, consumer, options);
    };
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    const partitionsConsumedConcurrently = ('batchHandler' in options && options.partitionsAtOnce) || 1;
    await consumer.run({ eachBatch, eachBatchAutoResolve: false, partitionsConsumedConcurrently });
    const positioned = Promise.race([places.first, ended.promise]);
    // Nobody has to await them, and an end by the bus leaves nothing open.
    for (const promise of [positioned, ended.promise]) promise.catch(close);
    return { positioned, ended: ended.promise, close };
  } catch (error) {
    await close();
    throw kafkaError(`subscribe to ${topics.join(', ')}`, error);
  }
}

/**
 * At each join, seeks the member's partitions that have no committed place to the place in `starts`, and commits it.
 */
function placesAtJoins(consumer: Consumer, admin: Admin, group: string, starts: readonly Place[]) {
  const first = Promise.withResolvers<void>();
  let latest = first.promise;

  async function place(assignment: Readonly<Record<string, readonly number[]>>): Promise<void> {
    const isMine = ({ topic, partition }: Place) => assignment[topic]?.includes(partition) ?? false;
    const unplaced = await uncommitted(admin, group, starts.filter(isMine));
    for (const start of unplaced) consumer.seek(start);
    await consumer.commitOffsets([...unplaced]);
  }

  consumer.on(consumer.events.GROUP_JOIN, ({ payload: { memberAssignment } }) => {
    latest = place(memberAssignment);
    latest.then(first.resolve, () => {});
  });
  return { first: first.promise, known: () => latest };
}

async function handleBatch(
  { batch, isRunning, isStale, resolveOffset, heartbeat }: EachBatchPayload,
  consumer: Consumer,
  options: MessageHandler,
): Promise<void> {
  const { topic, partition } = batch;
  const messages = batch.messages.map(message => toMessage(topic, partition, message));
  for (const part of 'handler' in options ? messages.map(message => [message]) : [messages]) {
    const [first, last] = [part[0], part.at(-1)];
    if (first === undefined || last === undefined || !isRunning() || isStale()) return;
    try {
      await ('handler' in options ? options.handler(first) : options.batchHandler(part));
    } catch {
      consumer.seek({ topic, partition, offset: String(first.offset) });
      await sleep(PAUSE_AFTER_FAILURE_MS);
      return;
    }
    resolveOffset(String(last.offset));
    await heartbeat();
  }
}

export function toMessage(topic: string, partition: number, message: KafkaMessage): Message {
  const headers = Object.entries(message.headers ?? {}).map(([name, value]) => [name, String(value)]);
  return {
    topic,
    partition,
    offset: BigInt(message.offset),
    timeMs: Number(message.timestamp),
    key: message.key?.toString() ?? null,
    value: message.value ?? Buffer.alloc(0),
    headers: Object.fromEntries(headers),
  };
}
