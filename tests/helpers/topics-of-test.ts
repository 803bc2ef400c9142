/** The topics of the schema under a prefix of the test's own, so that nobody else writes to them or reads them. */
import { randomUUID } from 'node:crypto';
import { CompressionTypes } from 'kafkajs';
import { kafkaBus } from '../../src/cluster/adapters/kafka/bus.ts';
import { kafkaClient } from '../../src/cluster/adapters/kafka/kafka-client.ts';
import type { Message, OutgoingMessage } from '../../src/cluster/ports/bus.ts';
import { TOPICS } from '../../src/cluster/schema/topics.ts';

export interface TestTopics {
  readonly prefix: string;
  /** Those of the schema that do not exist. */
  create(): Promise<void>;
  remove(topic: string): Promise<void>;
  write(topic: string, messages: readonly OutgoingMessage[]): Promise<void>;
  /** Compressed: it may be far larger than the broker takes otherwise. */
  writePacked(topic: string, message: OutgoingMessage & { readonly value: string }): Promise<void>;
  /** Everything that is committed in the topic by now. */
  read(topic: string): Promise<readonly Message[]>;
  /** Deletes every topic with the prefix, also those that a program made. */
  close(): Promise<void>;
}

export function testTopics(port: number): TestTopics {
  const prefix = `t${randomUUID().slice(0, 8)}-`;
  const kafka = kafkaClient({ brokers: [`127.0.0.1:${port}`], clientId: 'gobool-test', timeoutMs: 10_000, retries: 5 });
  const bus = kafkaBus(kafka);
  const admin = kafka.admin();
  const partitionsOf = (topic: string) => TOPICS.find(({ name }) => name === topic)?.partitions ?? 0;

  return {
    prefix,
    async create() {
      await admin.connect();
      const topics = TOPICS.map(({ name, partitions }) => ({ topic: prefix + name, numPartitions: partitions }));
      await admin.createTopics({ waitForLeaders: false, topics });
    },
    write: (topic, messages) => bus.publish(prefix + topic, messages),
    async writePacked(topic, message) {
      const producer = kafka.producer({ allowAutoTopicCreation: false });
      await producer.connect();
      await producer.send({ topic: prefix + topic, messages: [message], compression: CompressionTypes.GZIP });
      await producer.disconnect();
    },
    /** A mark at the end of each partition tells when all of it was read. */
    async read(topic) {
      const mark = `end ${randomUUID()}`;
      const left = new Set(Array.from({ length: partitionsOf(topic) }, (_, partition) => partition));
      await bus.publish(
        prefix + topic,
        [...left].map(partition => ({ value: mark, partition })),
      );
      const messages: Message[] = [];
      const done = Promise.withResolvers<void>();
      const { close } = await bus.subscribe({
        group: `${prefix}${mark}`,
        topics: [prefix + topic],
        from: 'beginning',
        handler: async message => {
          const text = message.value.toString();
          if (!text.startsWith('end ')) messages.push(message);
          if (text === mark) left.delete(message.partition);
          if (left.size === 0) done.resolve();
        },
      });
      await done.promise.finally(close);
      return messages;
    },
    async remove(topic) {
      await admin.connect();
      await admin.deleteTopics({ topics: [prefix + topic] });
    },
    async close() {
      await bus.close();
      await admin.connect();
      const topics = (await admin.listTopics()).filter(name => name.startsWith(prefix));
      await admin.deleteTopics({ topics });
      await admin.disconnect();
    },
  };
}
