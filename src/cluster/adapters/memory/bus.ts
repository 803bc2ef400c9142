/** The port `Bus` in one process, for tests. Everything that was published to it ends with it. */
import { GoboolError } from '../../../runtime/base/error.ts';
import type { Bus, OutgoingMessage, Subscription } from '../../ports/bus.ts';
import { BusGroup, type Log } from './bus-group.ts';

/** What Kafka takes by default. */
const MESSAGE_BYTES_MAX = 1_000_000;

export interface MemoryBus extends Bus {
  makeTopic(name: string, partitions: number): void;
}

export function memoryBus(): MemoryBus {
  const logs = new Map<string, Log>();
  const groups = new Map<string, BusGroup>();
  const subscriptions: Subscription[] = [];
  const logOf = (topic: string) => logs.get(topic) ?? refuse(`There is no topic ${topic}.`);

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
      for (const group of groups.values()) group.deliver();
    },
    async subscribe({ group: name, topics: wanted, from, handler }) {
      const group = groups.get(name) ?? new BusGroup();
      groups.set(name, group);
      const subscription = group.join(new Map(wanted.map(topic => [topic, logOf(topic)])), from, handler);
      subscriptions.push(subscription);
      return subscription;
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
