/**
 * One partition, read by one consumer from its end on. kafkajs knows groups only, so the consumer is alone in a group
 * of its own, whose assigner always gives it that partition; others that come and go in their groups never disturb
 * it. The end is read before joining, and every join seeks the place behind the last message handled; nothing is
 * committed.
 */
import { type Admin, AssignerProtocol, type Consumer, type Kafka, type PartitionAssigner } from 'kafkajs';
import { GoboolError } from '../../../runtime/base/error.ts';
import type { PartitionOptions, Subscription } from '../../ports/bus.ts';
import { kafkaError, patiently } from './kafka-error.ts';
import { GROUP_SETTINGS, toMessage } from './subscribe.ts';

export async function subscribePartition(kafka: Kafka, options: PartitionOptions): Promise<Subscription> {
  const { topic, partition, reader } = options;
  const partitionAssigners = [always(topic, partition)];
  const consumer = kafka.consumer({ groupId: reader, partitionAssigners, ...GROUP_SETTINGS });
  const admin = kafka.admin();
  const ended = Promise.withResolvers<void>();
  const close = async () => {
    await Promise.allSettled([consumer.disconnect(), admin.disconnect()]);
    ended.resolve();
  };
  try {
    await Promise.all([admin.connect(), consumer.connect()]);
    const joined = await read(consumer, options, await endOf(admin, topic, partition));
    await admin.disconnect();
    consumer.on(consumer.events.CRASH, ({ payload: { restart, error } }) => {
      if (!restart) ended.reject(kafkaError(`serve ${reader}`, error));
    });
    const positioned = Promise.race([joined, ended.promise]);
    // Nobody has to await them, and an end by the bus leaves nothing open.
    for (const promise of [positioned, ended.promise]) promise.catch(close);
    return { positioned, ended: ended.promise, close };
  } catch (error) {
    await close();
    throw kafkaError(`read partition ${partition} of ${topic}`, error);
  }
}

/** Resolves when it runs, to a promise of the first join. */
async function read(consumer: Consumer, { topic, partition, handler }: PartitionOptions, end: bigint) {
  let next = end;
  const joined = Promise.withResolvers<void>();
  consumer.on(consumer.events.GROUP_JOIN, () => {
    consumer.seek({ topic, partition, offset: String(next) });
    joined.resolve();
  });
  await consumer.subscribe({ topic });
  await consumer.run({
    autoCommit: false,
    async eachMessage({ message }) {
      const offset = BigInt(message.offset);
      // A batch that was fetched before the last join.
      if (offset < next) return;
      next = offset + 1n;
      handler(toMessage(topic, partition, message));
    },
  });
  return joined.promise;
}

async function endOf(admin: Admin, topic: string, partition: number): Promise<bigint> {
  const offsets = await patiently(() => admin.fetchTopicOffsets(topic));
  const place = offsets.find(found => found.partition === partition);
  if (place === undefined) throw new GoboolError('GB_BUS_REFUSED', `There is no partition ${partition}.`);
  return BigInt(place.high);
}

function always(topic: string, partition: number): PartitionAssigner {
  const name = 'always';
  const version = 0;
  const memberAssignment = AssignerProtocol.MemberAssignment.encode({
    version,
    assignment: { [topic]: [partition] },
    userData: Buffer.alloc(0),
  });
  return () => ({
    name,
    version,
    assign: async ({ members }) => members.map(({ memberId }) => ({ memberId, memberAssignment })),
    protocol: ({ topics }) => ({
      name,
      metadata: AssignerProtocol.MemberMetadata.encode({ version, topics, userData: Buffer.alloc(0) }),
    }),
  });
}
