/**
 * Makes one new server a replica set, which it must be once in its life, and waits until it takes writes. The set
 * knows its member by address, so a server that was given another port is told of it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { MongoClient } from 'mongodb';
import { REPLICA_SET } from '../../schema/mongodb-layout.ts';
import { hasCode, MONGO_CODES } from './mongodb-codes.ts';

const POLL_MS = 20;

/** `host`: `host:port` under which other components see this member. */
export async function initiateReplicaSet(client: MongoClient, host: string): Promise<void> {
  const { setName, me } = await client.db('admin').command({ hello: 1 });
  if (setName !== undefined && me === host) return;
  const config = { _id: REPLICA_SET, members: [{ _id: 0, host }] };
  try {
    await client.db('admin').command({ replSetInitiate: config });
  } catch (error) {
    if (!hasCode(error, MONGO_CODES.alreadyInitialized)) throw error;
    await moveMember(client, host);
  }
}

/** Forced, since a member that does not find itself in the set takes no part in it. */
async function moveMember(client: MongoClient, host: string): Promise<void> {
  const config = await configOf(client);
  const [member] = config?.members ?? [];
  if (member === undefined || member.host === host) return;
  const moved = { ...config, version: config.version + 1, members: [{ ...member, host }] };
  await client.db('admin').command({ replSetReconfig: moved, force: true });
}

/** Undefined while somebody else's initiation is under way: it is for the same address. */
async function configOf(client: MongoClient) {
  try {
    return (await client.db('admin').command({ replSetGetConfig: 1 })).config;
  } catch (error) {
    if (!hasCode(error, MONGO_CODES.notYetInitialized)) throw error;
    return;
  }
}

/** Resolves to the name of the member that takes writes. */
export async function primaryOf(client: MongoClient, signal: AbortSignal): Promise<string> {
  for (;;) {
    const { isWritablePrimary, me } = await client.db('admin').command({ hello: 1 }, { signal });
    if (isWritablePrimary) return me;
    await sleep(POLL_MS, undefined, { signal });
  }
}
