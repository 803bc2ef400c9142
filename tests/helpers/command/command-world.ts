/** Engines of a test's own for the command service: topics, a database and keys of etcd that nobody else uses. */
import { randomUUID } from 'node:crypto';
import { etcdClient } from '../../../src/cluster/adapters/etcd/etcd-client.ts';
import { etcdObjects } from '../../../src/cluster/adapters/etcd/etcd-objects.ts';
import { kafkaBus } from '../../../src/cluster/adapters/kafka/bus.ts';
import { kafkaClient } from '../../../src/cluster/adapters/kafka/kafka-client.ts';
import { migrate } from '../../../src/cluster/adapters/postgres/migrate.ts';
import { postgresSql } from '../../../src/cluster/adapters/postgres/postgres-sql.ts';
import type { WorkerOffer } from '../../../src/cluster/contracts/cluster-objects.ts';
import type { Bus, Message } from '../../../src/cluster/ports/bus.ts';
import type { ObjectStore } from '../../../src/cluster/ports/objects.ts';
import type { Sql } from '../../../src/cluster/ports/sql.ts';
import { MIGRATIONS } from '../../../src/cluster/schema/migrations/index.ts';
import { TOPICS } from '../../../src/cluster/schema/topics.ts';
import { WORKER_OFFERS } from '../../../src/cluster/services/common/object-kinds.ts';

/** Plain data, so that another process can open the same. */
export interface WorldAddress {
  /** Of everything that is the test's own. */
  readonly name: string;
  readonly kafka: string;
  readonly etcd: string;
  readonly postgres: { readonly port: number; readonly password: string };
}

export interface World extends AsyncDisposable {
  readonly bus: Bus;
  readonly sql: Sql;
  readonly offers: ObjectStore<WorkerOffer | undefined>;
}

const HOST = '127.0.0.1';
/** Few partitions: a broker of tests makes and deletes many. */
const PARTITIONS = { commands: 2, tasks: 8, 'task-events': 2, 'run-events': 2, 'dead-letters': 1 };
const CONFIG = new Map(TOPICS.map(({ name, config }) => [name, config]));

const databaseOf = ({ postgres }: WorldAddress, database: string) =>
  postgresSql({ host: HOST, port: postgres.port, user: 'gobool', password: postgres.password, database });

const kafkaOf = ({ kafka }: WorldAddress) =>
  kafkaClient({ brokers: [kafka], clientId: 'gobool-test', timeoutMs: 5_000, retries: 5 });

export function openWorld(address: WorldAddress): World {
  const bus = prefixed(kafkaBus(kafkaOf(address)), `${address.name}-`);
  const sql = databaseOf(address, address.name);
  const etcd = etcdClient(address.etcd);
  const offers = etcdObjects(etcd, { ...WORKER_OFFERS, prefix: `/${address.name}/workers/` });
  return {
    bus,
    sql,
    offers,
    async [Symbol.asyncDispose]() {
      await Promise.all([bus.close(), sql.close()]);
      etcd.close();
    },
  };
}

/** Makes topics and database; the result removes them. */
export async function makeWorld(address: WorldAddress): Promise<AsyncDisposable> {
  const admin = kafkaOf(address).admin();
  const server = databaseOf(address, 'postgres');
  await admin.connect();
  const topics = Object.entries(PARTITIONS).map(([name, partitions]) => ({
    topic: `${address.name}-${name}`,
    numPartitions: partitions,
    configEntries: Object.entries(CONFIG.get(name) ?? {}).map(([key, value]) => ({ name: key, value })),
  }));
  await admin.createTopics({ waitForLeaders: true, topics });
  await server.query(`CREATE DATABASE ${address.name}`);
  const sql = databaseOf(address, address.name);
  await migrate(sql, MIGRATIONS);
  await sql.close();
  return {
    async [Symbol.asyncDispose]() {
      await server.query(`DROP DATABASE ${address.name} WITH (FORCE)`);
      await admin.deleteTopics({ topics: topics.map(({ topic }) => topic) });
      await Promise.all([server.close(), admin.disconnect()]);
    },
  };
}

export const newName = (): string => `t${randomUUID().replaceAll('-', '').slice(0, 12)}`;

/** The same bus whose topics and groups have a prefix, of which its user knows nothing. */
function prefixed(bus: Bus, prefix: string): Bus {
  const bare = (message: Message): Message => ({ ...message, topic: message.topic.slice(prefix.length) });
  return {
    publish: (topic, messages) => bus.publish(prefix + topic, messages),
    subscribe: ({ group, topics, ...options }) => {
      const names = { group: prefix + group, topics: topics.map(topic => prefix + topic) };
      if ('handler' in options)
        return bus.subscribe({ ...options, ...names, handler: message => options.handler(bare(message)) });
      return bus.subscribe({
        ...options,
        ...names,
        batchHandler: messages => options.batchHandler(messages.map(bare)),
      });
    },
    subscribePartition: ({ topic, handler, ...options }) =>
      bus.subscribePartition({ ...options, topic: prefix + topic, handler: message => handler(bare(message)) }),
    places: bus.places,
    close: () => bus.close(),
  };
}
