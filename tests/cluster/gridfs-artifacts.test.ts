/** Artifacts in MongoDB: the port's promises, what a killed upload leaves, and that they are GridFS. */
import { Binary, type Db, GridFSBucket, type MongoClient } from 'mongodb';
import { describe, expect, onTestFinished, test } from 'vitest';
import { gridfsArtifacts } from '../../src/cluster/adapters/mongo/gridfs-artifacts.ts';
import { mongoClient } from '../../src/cluster/adapters/mongo/mongo-client.ts';
import { mongodbComponent } from '../../src/cluster/dev/components/mongodb.ts';
import { mongoPassword } from '../../src/cluster/dev/mongodb-secrets.ts';
import { mongodbEngine } from '../../src/cluster/dev/native/engines/mongodb.ts';
import { ARTIFACTS_DATABASE } from '../../src/cluster/schema/mongodb-layout.ts';
import { artifactsContract, randomArtifact } from '../contracts/artifacts.ts';
import { errorOf } from '../helpers/errors.ts';
import { crash, patience, soloEngine } from '../helpers/solo-engine.ts';
import { testCluster } from '../helpers/test-cluster.ts';

async function open(facts?: Awaited<ReturnType<typeof testCluster>>) {
  const { ports, secrets } = facts ?? (await testCluster());
  const login = { name: 'gobool', password: mongoPassword(secrets, 'gobool') };
  const client = mongoClient({ host: '127.0.0.1', port: ports.mongodb, timeoutMs: 5_000, login });
  onTestFinished(() => client.close());
  return { client, artifacts: gridfsArtifacts(client), damage: (hash: string) => damage(client, hash) };
}

const databaseOf = (client: MongoClient): Db => client.db(ARTIFACTS_DATABASE);

async function damage(client: MongoClient, hash: string): Promise<void> {
  const data = new Binary(Buffer.from('other bytes'));
  await databaseOf(client).collection('artifacts.chunks').updateOne({ files_id: hash, n: 1 }, { $set: { data } });
}

artifactsContract(() => open());

describe('GridFS', () => {
  test('its own reader finds them by name', async () => {
    const { client, artifacts } = await open();
    const { hash, bytes } = randomArtifact();
    await artifacts.put(hash, bytes);
    const parts: Buffer[] = [];
    const bucket = new GridFSBucket(databaseOf(client), { bucketName: 'artifacts' });
    for await (const part of bucket.openDownloadStreamByName(hash)) parts.push(part);
    expect(Buffer.concat(parts).equals(bytes)).toBe(true);
  });

  test('many puts at once leave each chunk once', async () => {
    const { client, artifacts } = await open();
    const { hash, bytes } = randomArtifact();
    await Promise.all(Array.from({ length: 6 }, () => artifacts.put(hash, bytes)));
    const chunks = databaseOf(client).collection('artifacts.chunks');
    expect(await chunks.countDocuments({ files_id: hash })).toBe(4);
  });
});

describe('faults', () => {
  test('an upload that a kill -9 of the store cut is invisible, and goes on with the next put', async () => {
    const engine = await soloEngine(mongodbEngine, mongodbComponent);
    const { client, artifacts } = await open(engine.facts);
    const { hash, bytes } = randomArtifact(40_000_000);
    const upload = errorOf(() => artifacts.put(hash, bytes));
    const chunks = databaseOf(client).collection('artifacts.chunks');
    while ((await chunks.countDocuments({})) === 0);
    await crash(engine.process());
    expect((await upload).code).toBe('GB_DOCUMENTS_UNAVAILABLE');
    expect((await errorOf(() => artifacts.has(hash))).code).toBe('GB_DOCUMENTS_UNAVAILABLE');
    await engine.start();
    await engine.client.initialise(patience());
    expect(await chunks.countDocuments({ files_id: hash })).toBeGreaterThan(0);
    expect(await artifacts.has(hash)).toBe(false);
    expect((await errorOf(() => artifacts.get(hash))).code).toBe('GB_ARTIFACT_MISSING');
    await artifacts.put(hash, bytes);
    expect((await artifacts.get(hash)).equals(bytes)).toBe(true);
    expect(await chunks.countDocuments({ files_id: hash })).toBe(Math.ceil(bytes.length / (255 * 1024)));
  });
});
