/** MongoDB at work: who may do what, what survives, and how the cluster speaks to it while it is broken. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { MongoClient } from 'mongodb';
import { describe, expect, onTestFinished, test } from 'vitest';
import { mongoDocuments } from '../../src/cluster/adapters/mongo/documents.ts';
import { type MongoLogin, mongoClient } from '../../src/cluster/adapters/mongo/mongo-client.ts';
import type { ClusterFacts } from '../../src/cluster/dev/cluster-facts.ts';
import { dataDir } from '../../src/cluster/dev/cluster-folder.ts';
import { mongodbComponent } from '../../src/cluster/dev/components/mongodb.ts';
import { mongodbKey, mongoPassword } from '../../src/cluster/dev/mongodb-secrets.ts';
import { mongodbEngine } from '../../src/cluster/dev/native/engines/mongodb.ts';
import { CANDLES } from '../../src/cluster/schema/indexes.ts';
import { APP_DATABASE, MARKET_DATABASE, type MongoUserName } from '../../src/cluster/schema/mongodb-layout.ts';
import { documentsContract, type Trade } from '../contracts/documents.ts';
import { errorOf } from '../helpers/errors.ts';
import { checkTime, crash, patience, soloEngine } from '../helpers/solo-engine.ts';
import { testCluster } from '../helpers/test-cluster.ts';

const EVIDENCE = /^majority write read back in \d+ ms from the primary 127\.0\.0\.1:\d+$/;

const start = () => soloEngine(mongodbEngine, mongodbComponent);

function clientOf({ ports }: ClusterFacts, login?: MongoLogin): MongoClient {
  const client = mongoClient({ host: '127.0.0.1', port: ports.mongodb, timeoutMs: 2_000, ...(login && { login }) });
  onTestFinished(() => client.close());
  return client;
}

const clientAs = (facts: ClusterFacts, name: MongoUserName) =>
  clientOf(facts, { name, password: mongoPassword(facts.secrets, name) });

/** Whom no one can lock out. */
const member = (facts: ClusterFacts) =>
  clientOf(facts, { name: '__system', password: mongodbKey(facts.secrets), database: 'local' });

const tradesOf = (facts: ClusterFacts) =>
  mongoDocuments<Trade>(clientAs(facts, 'gobool'), APP_DATABASE, `trades-${crypto.randomUUID()}`);

documentsContract(async () => tradesOf(await testCluster()));

describe('users', () => {
  test('who is not logged in may do nothing', async () => {
    const facts = await testCluster();
    const documents = mongoDocuments(clientOf(facts), APP_DATABASE, 'a');
    expect((await errorOf(() => documents.put({ _id: 'a' }))).code).toBe('GB_DOCUMENTS_REFUSED');
    expect((await errorOf(() => documents.get('a'))).code).toBe('GB_DOCUMENTS_REFUSED');
    const createUser = clientOf(facts).db('admin').command({ createUser: 'x', pwd: 'x', roles: [] });
    await expect(createUser).rejects.toThrow('requires authentication');
  });

  test('each may do what its roles say, and no more', async () => {
    const facts = await testCluster();
    const write = (name: MongoUserName, database: string) =>
      mongoDocuments(clientAs(facts, name), database, 'tests').insertIfAbsent({ _id: crypto.randomUUID() });
    expect(await write('admin', 'anything')).toBe(true);
    expect(await write('gobool', APP_DATABASE)).toBe(true);
    expect(await write('gobool', MARKET_DATABASE)).toBe(true);
    expect(await write('connect', MARKET_DATABASE)).toBe(true);
    expect((await errorOf(() => write('gobool', 'anything'))).message).toContain('not authorized');
    expect((await errorOf(() => write('connect', APP_DATABASE))).message).toContain('not authorized');
  });

  test('even a new server lets nobody in without a password', async () => {
    const engine = await start();
    await renew(engine);
    const createUser = clientOf(engine.facts)
      .db('admin')
      .command({ createUser: 'x', pwd: 'x', roles: ['root'] });
    await expect(createUser).rejects.toThrow('requires authentication');
  });

  test('a wrong password is refused, and not told', async () => {
    const facts = await testCluster();
    const client = mongodbComponent.open({ ...facts, secrets: { ...facts.secrets, mongodbApp: 'wrong-password' } });
    onTestFinished(() => client.close());
    expect(await errorOf(() => client.probe(patience()))).toMatchObject({
      code: 'GB_PROBE_MONGODB',
      message: 'MongoDB: Authentication failed.',
    });
  });

  test('no password is in the log, nor in what every user sees of the process', async () => {
    const { facts, logFile, client, process: current } = await start();
    await client.probe(patience());
    const texts = [readFileSync(logFile, 'utf8'), readFileSync(`/proc/${current().pid}/cmdline`, 'utf8')];
    for (const secret of [...Object.values(facts.secrets), mongodbKey(facts.secrets)])
      for (const text of texts) expect(text).not.toContain(secret);
  });
});

/** As it was before its first start. */
async function renew({ facts, process: current, start: again }: Awaited<ReturnType<typeof start>>): Promise<void> {
  await crash(current());
  rmSync(dataDir(facts.dir, 'mongodb'), { recursive: true });
  await again();
}

describe('initialise', () => {
  test('makes what is missing or differs, and drift says what', async () => {
    const { facts, client } = await start();
    expect(await client.drift(patience())).toEqual([]);
    const system = member(facts);
    await system.connect();
    await system.db('admin').command({ dropUser: 'gobool' });
    await system.db('admin').command({ updateUser: 'connect', roles: [{ role: 'read', db: 'market' }] });
    const candles = system.db(CANDLES.database).collection(CANDLES.collection);
    await candles.dropIndex('product_interval_time');
    await candles.createIndex({ time: 1 }, { name: 'product_interval_time' });
    await candles.createIndex({ open: 1 }, { name: 'own' });
    expect(await client.drift(patience())).toEqual([
      'user gobool is missing',
      'user connect has other roles: read on market',
      'market.candles: index product_interval_time has other fields',
      'market.candles: index own is not declared',
    ]);
    await client.initialise(patience());
    expect(await client.drift(patience())).toEqual(['market.candles: index own is not declared']);
    expect(await client.probe(patience())).toMatch(EVIDENCE);
  });

  test('goes on where a kill -9 stopped it', async () => {
    const engine = await start();
    for (const afterMs of [0, 40, 80, 120, 160, 240]) {
      await renew(engine);
      const first = engine.client.initialise(patience()).catch(() => {});
      await pause(afterMs);
      await crash(engine.process());
      await engine.start();
      await first;
      await engine.client.initialise(patience());
      expect(await engine.client.drift(patience())).toEqual([]);
      expect(await engine.client.probe(patience())).toMatch(EVIDENCE);
    }
  });

  test('twice at once makes everything once', async () => {
    const engine = await start();
    await renew(engine);
    await Promise.all([engine.client.initialise(patience()), engine.client.initialise(patience())]);
    expect(await engine.client.drift(patience())).toEqual([]);
  });
});

describe('faults', () => {
  test('acknowledged documents outlive kill -9', async () => {
    const engine = await start();
    const trades = tradesOf(engine.facts);
    const acknowledged: string[] = [];
    const writing = (async () => {
      for (let i = 0; ; i++) {
        await trades.put({ _id: `t${i}`, price: i });
        acknowledged.push(`t${i}`);
      }
    })().catch(() => {});
    while (acknowledged.length < 50) await pause(10);
    await crash(engine.process());
    await writing;
    expect((await errorOf(() => engine.client.check(checkTime()))).code).toBe('GB_PROBE_MONGODB');
    expect((await errorOf(() => engine.client.probe(patience()))).code).toBe('GB_PROBE_MONGODB');
    expect((await errorOf(() => trades.get('t0'))).code).toBe('GB_DOCUMENTS_UNAVAILABLE');
    await engine.start();
    await engine.client.initialise(patience());
    const found = new Set((await trades.find({ where: {}, limit: 1_000_000 })).map(({ _id }) => _id));
    expect(acknowledged.filter(id => !found.has(id))).toEqual([]);
    expect(await engine.client.probe(patience())).toMatch(EVIDENCE);
  });

  test('one that stands still fails its check in time, and the same clients see it heal', async () => {
    const { client, facts, process: current } = await start();
    const trades = tradesOf(facts);
    await trades.put({ _id: 'a' });
    await client.check(checkTime());
    const connections = () => readdirSync('/proc/self/fd').length;
    const before = connections();
    process.kill(current().pid, 'SIGSTOP');
    for (let i = 0; i < 3; i++) {
      const startMs = performance.now();
      expect(await errorOf(() => client.check(checkTime()))).toMatchObject({
        code: 'GB_PROBE_MONGODB',
        message: 'MongoDB does not answer.',
      });
      expect(performance.now() - startMs).toBeLessThan(1_700);
    }
    expect((await errorOf(() => trades.get('a'))).code).toBe('GB_DOCUMENTS_UNAVAILABLE');
    process.kill(current().pid, 'SIGCONT');
    await client.check(checkTime());
    expect(await trades.get('a')).toEqual({ _id: 'a' });
    expect(await client.probe(patience())).toMatch(EVIDENCE);
    for (let i = 0; i < 20; i++) await client.check(checkTime());
    expect(connections()).toBeLessThan(before + 8);
  });

  test('a document beyond the limit is refused', async () => {
    const trades = tradesOf(await testCluster());
    const error = await errorOf(() => trades.put({ _id: 'a', product: 'x'.repeat(17 * 2 ** 20) }));
    expect(error.code).toBe('GB_DOCUMENTS_REFUSED');
  });

  test('it ends when it is asked to, while clients are connected', async () => {
    const { facts, process: current } = await start();
    await tradesOf(facts).put({ _id: 'a' });
    const startMs = performance.now();
    await current().stop();
    expect(performance.now() - startMs).toBeLessThan(4_000);
  });
});
