/**
 * MongoDB as part of the local cluster. One client is kept, for checks: it is not logged in, since `ping` needs no
 * user. Everything else is rare and logs in for its time.
 */
import type { MongoClient } from 'mongodb';
import { mongoDocuments } from '../../adapters/mongo/documents.ts';
import { type MongoLogin, mongoClient } from '../../adapters/mongo/mongo-client.ts';
import { APP_DATABASE, type MongoUserName } from '../../schema/mongodb-layout.ts';
import type { ClusterFacts } from '../cluster-facts.ts';
import type { Component, ComponentClient } from '../component.ts';
import { mongodbKey, mongoPassword } from '../mongodb-secrets.ts';
import { codedBy } from './coded-by.ts';
import { createIndexes, indexDrift } from './mongodb-indexes.ts';
import { initiateReplicaSet, primaryOf } from './mongodb-replica-set.ts';
import { createUsers, userDrift } from './mongodb-users.ts';

const TIMEOUT_MS = 5_000;

const coded = codedBy('GB_PROBE_MONGODB', 'MongoDB');

export const mongodbComponent: Component = { name: 'mongodb', after: [], needs: [], open };

function open({ ports, secrets, inside }: ClusterFacts): ComponentClient {
  const address = { host: '127.0.0.1', port: ports.mongodb, timeoutMs: TIMEOUT_MS };
  const user = (name: MongoUserName): MongoLogin => ({ name, password: mongoPassword(secrets, name) });
  /** Exists before all users, also where the server sees us come from another machine, as in Docker. */
  const member: MongoLogin = { name: '__system', password: mongodbKey(secrets), database: 'local' };
  const pulse = mongoClient(address);

  const loggedIn = async <T>(login: MongoLogin, work: (client: MongoClient) => Promise<T>): Promise<T> => {
    await using client = mongoClient({ ...address, login });
    await client.connect();
    return await work(client);
  };
  const check = async (signal: AbortSignal) => {
    await pulse.connect();
    await pulse.db('admin').command({ ping: 1 }, { signal });
  };
  const initialise = async (client: MongoClient, signal: AbortSignal) => {
    await initiateReplicaSet(client, inside.mongodb);
    await primaryOf(client, signal);
    await createUsers(client, secrets);
    await createIndexes(client);
  };
  const drift = async (client: MongoClient) => [...(await userDrift(client)), ...(await indexDrift(client))];

  return {
    check: signal => coded(signal, () => check(signal)),
    initialise: signal => coded(signal, () => loggedIn(member, client => initialise(client, signal))),
    probe: signal => coded(signal, () => loggedIn(user('gobool'), client => probe(client, signal))),
    drift: signal => coded(signal, () => loggedIn(user('admin'), drift)),
    close: () => pulse.close(),
  };
}

/** One document is replaced for ever, so that probes do not fill the disk. */
async function probe(client: MongoClient, signal: AbortSignal): Promise<string> {
  const primary = await primaryOf(client, signal);
  const documents = mongoDocuments<{ _id: string; written: string }>(client, APP_DATABASE, 'probe');
  const written = crypto.randomUUID();
  const startMs = performance.now();
  await documents.put({ _id: 'probe', written });
  const read = await documents.get('probe');
  if (read?.written !== written) throw new Error('a document that a majority acknowledged was not read back.');
  return `majority write read back in ${Math.round(performance.now() - startMs)} ms from the primary ${primary}`;
}
