/**
 * The port `Bus` on Kafka. One producer, one consumer for each subscription, connected when first needed. A request
 * that is sent again after a lost answer may store messages twice. kafkajs' idempotent producer is no remedy: it gives
 * the sequence numbers of a failed request to other messages, which the broker then drops as repetitions.
 */
import type { Kafka, Message, RecordMetadata } from 'kafkajs';
import { GoboolError } from '../../../runtime/base/error.ts';
import type { Bus, OutgoingMessage, Subscription } from '../../ports/bus.ts';
import { kafkaError } from './kafka-error.ts';
import { startOf } from './places.ts';
import { subscribe } from './subscribe.ts';
import { subscribePartition } from './subscribe-partition.ts';

const PART_BYTES = 512 * 1024;
/** Key and headers, generously. */
const MESSAGE_OVERHEAD_BYTES = 256;

export function kafkaBus(kafka: Kafka): Bus {
  const producer = kafka.producer({ allowAutoTopicCreation: false });
  const admin = kafka.admin();
  const subscriptions = new Set<Subscription>();

  return {
    async publish(topic, messages) {
      try {
        await producer.connect();
        for (const part of inParts(messages.map(toKafka)))
          requireStored(part, await producer.send({ topic, messages: part }));
      } catch (error) {
        throw kafkaError(`store messages in ${topic}`, error);
      }
    },
    async subscribe(options) {
      const subscription = await subscribe(kafka, options);
      subscriptions.add(subscription);
      return subscription;
    },
    async subscribePartition(options) {
      const subscription = await subscribePartition(kafka, options);
      subscriptions.add(subscription);
      return subscription;
    },
    async places(topics, at) {
      try {
        await admin.connect();
        const places = await startOf(admin, topics, at);
        return places.map(place => ({ ...place, offset: BigInt(place.offset) }));
      } catch (error) {
        throw kafkaError(`say where ${topics.join(', ')} stand`, error);
      }
    },
    async close() {
      await Promise.all([...subscriptions].map(subscription => subscription.close()));
      await Promise.all([producer.disconnect(), admin.disconnect()]);
    },
  };
}

function toKafka({ key, value, headers, partition }: OutgoingMessage): Message {
  return {
    key: key ?? null,
    value: typeof value === 'string' ? value : Buffer.from(value.buffer, value.byteOffset, value.byteLength),
    ...(headers && { headers: { ...headers } }),
    ...(partition !== undefined && { partition }),
  };
}

/** Messages for a partition that does not exist are dropped by kafkajs without a word. */
function requireStored(messages: readonly Message[], stored: readonly RecordMetadata[]): void {
  const partitions = new Set(stored.map(({ partition }) => partition));
  const lost = messages.find(({ partition }) => partition !== undefined && !partitions.has(partition));
  if (lost !== undefined) throw new GoboolError('GB_BUS_REFUSED', `There is no partition ${lost.partition}.`);
}

/** kafkajs makes one request of a call, and a broker takes no more than 1 MiB for a partition at once. */
function inParts(messages: readonly Message[]): readonly Message[][] {
  const parts: Message[][] = [];
  let bytes = Infinity;
  for (const message of messages) {
    const size = MESSAGE_OVERHEAD_BYTES + Buffer.byteLength(message.value ?? '');
    bytes += size;
    if (bytes > PART_BYTES) {
      parts.push([]);
      bytes = size;
    }
    parts.at(-1)?.push(message);
  }
  return parts;
}
