/** The port `Bus` in one process, for tests. Everything that was published to it ends with it. */
import { GoboolError } from '../../../runtime/base/error.ts';
import type { Bus, OutgoingMessage, Start, Subscription } from '../../ports/bus.ts';
import { BusGroup, type Log } from './bus-group.ts';
import { PartitionReader } from './partition-reader.ts';

/** What Kafka takes by default. */
const MESSAGE_BYTES_MAX = 1_000_000;

export interface MemoryBus extends Bus {
  makeTopic(name: string, partitions: number): void;
}

export function memoryBus(): MemoryBus {
  const logs = new Map<string, Log>();
  const groups = new Map<string, BusGroup>();
  const readers = new Set<PartitionReader>();
  const subscriptions: Subscription[] = [];
  const logOf = (topic: string) => logs.get(topic) ?? refuse(`There is no topic ${topic}.`);
  const offsetAt = (at: Start, topic: string, partition: number) => {
    if (typeof at === 'object') return groups.get(at.group)?.place(topic, partition) ?? 0;
    return at === 'latest' ? (logOf(topic)[partition]?.length ?? 0) : 0;
  };

  return {
    makeTopic(name, partitions) {
      logs.set(
        name,
        Array.from({ length: partitions }, () => []),
      );
    },
    async publish(topic, messages) {
      const log = logOf(topic);
      for (const [i, partition] of messages.map(message => partitionOf(message, log)).entries())
        append(topic, log, partition, messages[i]);
      for (const reading of [...groups.values(), ...readers]) reading.deliver();
    },
    async subscribe({ group: name, topics: wanted, from, ...handler }) {
      const group = groups.get(name) ?? new BusGroup();
      groups.set(name, group);
      const start = (topic: string, partition: number) => offsetAt(from, topic, partition);
      const subscription = group.join(new Map(wanted.map(topic => [topic, logOf(topic)])), start, handler);
      subscriptions.push(subscription);
      return subscription;
    },
    async subscribePartition({ topic, partition, handler }) {
      const messages = logOf(topic)[partition] ?? refuse(`There is no partition ${partition}.`);
      const reader = new PartitionReader(messages, handler);
      readers.add(reader);
      subscriptions.push(reader);
      return reader;
    },
    async places(topics, at) {
      const ofTopic = (topic: string) =>
        logOf(topic).map((_, partition) => ({ topic, partition, offset: BigInt(offsetAt(at, topic, partition)) }));
      return topics.flatMap(ofTopic);
    },
    async close() {
      await Promise.all(subscriptions.map(subscription => subscription.close()));
    },
  };
}

function partitionOf({ key, value, partition }: OutgoingMessage, log: Log): number {
  if (Buffer.byteLength(value) > MESSAGE_BYTES_MAX) refuse('The message is too large.');
  if (partition === undefined) return hash(key ?? '') % log.length;
  return partition in log ? partition : refuse(`There is no partition ${partition}.`);
}

const hash = (key: string) => [...Buffer.from(key)].reduce((sum, byte) => (sum * 31 + byte) % 65_521, 0);

function append(topic: string, log: Log, partition: number, message: OutgoingMessage | undefined): void {
  const messages = log[partition];
  if (message === undefined || messages === undefined) return;
  const { key = null, value, headers = {} } = message;
  const offset = BigInt(messages.length);
  messages.push({ topic, partition, offset, timeMs: Date.now(), key, value: Buffer.from(value), headers });
}

function refuse(reason: string): never {
  throw new GoboolError('GB_BUS_REFUSED', reason);
}
