/** One written word in each store, acknowledged, and read again. */
import { Etcd3 } from 'etcd3';
import { Kafka, logLevel } from 'kafkajs';
import { MongoClient } from 'mongodb';
import { Client } from 'pg';
import type { ClusterFacts } from '../../src/cluster/dev/cluster-facts.ts';

export async function writeMarks(facts: ClusterFacts, mark: string): Promise<void> {
  await withPostgres(facts, client => client.query(`CREATE TABLE mark AS SELECT '${mark}' AS word`));
  await withMongo(facts, client => client.db('gobool').collection('mark').insertOne({ word: mark }));
  await withEtcd(facts, client => client.put('/mark').value(mark));
  await withKafka(facts, async kafka => {
    const producer = kafka.producer();
    await producer.connect();
    await producer.send({ topic: 'probe', messages: [{ key: 'mark', value: mark }], acks: -1 });
    await producer.disconnect();
  });
}

export async function readMarks(facts: ClusterFacts) {
  return {
    postgres: await withPostgres(facts, async client => (await client.query('SELECT word FROM mark')).rows[0]?.word),
    mongodb: await withMongo(facts, async client => (await client.db('gobool').collection('mark').findOne())?.word),
    etcd: await withEtcd(facts, client => client.get('/mark').string()),
    kafka: await withKafka(facts, markedMessage),
  };
}

async function markedMessage(kafka: Kafka): Promise<string | undefined> {
  const consumer = kafka.consumer({ groupId: crypto.randomUUID() });
  const found = Promise.withResolvers<string | undefined>();
  await consumer.connect();
  await consumer.subscribe({ topic: 'probe', fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ message }) => {
      if (message.key?.toString() === 'mark') found.resolve(message.value?.toString());
    },
  });
  const mark = await found.promise;
  await consumer.disconnect();
  return mark;
}

async function withPostgres<T>({ ports, secrets }: ClusterFacts, work: (client: Client) => Promise<T>): Promise<T> {
  const user = { user: 'gobool', database: 'gobool', password: secrets.postgres };
  const client = new Client({ host: '127.0.0.1', port: ports.postgres, ...user });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function withMongo<T>({ ports, secrets }: ClusterFacts, work: (client: MongoClient) => Promise<T>): Promise<T> {
  const auth = { username: 'gobool', password: secrets.mongodbApp };
  const address = `mongodb://127.0.0.1:${ports.mongodb}/?directConnection=true&w=majority`;
  const client = new MongoClient(address, { auth, authSource: 'admin' });
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

async function withEtcd<T>({ ports }: ClusterFacts, work: (client: Etcd3) => PromiseLike<T>): Promise<T> {
  const client = new Etcd3({ hosts: `http://127.0.0.1:${ports.etcd}` });
  try {
    return await work(client);
  } finally {
    client.close();
  }
}

const withKafka = <T>({ ports }: ClusterFacts, work: (kafka: Kafka) => Promise<T>): Promise<T> =>
  work(new Kafka({ brokers: [`127.0.0.1:${ports.kafka}`], logLevel: logLevel.NOTHING }));
