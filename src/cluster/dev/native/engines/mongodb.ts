/**
 * `mongod` as a process of this machine: a replica set of one member, with users, on loopback. It is a replica set
 * for the sake of majority writes, transactions and change streams. The journal stays on, so acknowledged writes
 * survive a `kill -9`. Passwords never reach it through arguments: users are made over the wire, the members' key
 * lies in a file of mode 0600.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { REPLICA_SET } from '../../../schema/mongodb-layout.ts';
import type { ClusterFacts } from '../../cluster-facts.ts';
import { configDir, dataDir } from '../../cluster-folder.ts';
import type { Install } from '../../fetch/install.ts';
import { mongodbKey } from '../../mongodb-secrets.ts';
import { writeSecretFile } from '../../write-secret-file.ts';
import type { NativeEngine } from '../native-engine.ts';

const configFile = (facts: ClusterFacts) => join(configDir(facts.dir, 'mongodb'), 'mongod.conf');
const keyFile = (facts: ClusterFacts) => join(configDir(facts.dir, 'mongodb'), 'members.key');

export const mongodbEngine: NativeEngine = {
  name: 'mongodb',
  prepare,
  launch: (facts: ClusterFacts, install: Install) => ({
    program: install.location,
    args: ['--config', configFile(facts)],
  }),
  stopGraceMs: 10_000,
};

async function prepare(facts: ClusterFacts): Promise<void> {
  await mkdir(dataDir(facts.dir, 'mongodb'), { recursive: true });
  await mkdir(configDir(facts.dir, 'mongodb'), { recursive: true });
  writeSecretFile(keyFile(facts), mongodbKey(facts.secrets));
  await writeFile(configFile(facts), mongodSettings(facts));
}

/** `mongod.conf`: YAML, of which JSON is a part. */
function mongodSettings(facts: ClusterFacts): string {
  const settings = {
    net: { bindIp: '127.0.0.1', port: facts.ports.mongodb, unixDomainSocket: { enabled: false } },
    storage: { dbPath: dataDir(facts.dir, 'mongodb'), wiredTiger: { engineConfig: { cacheSizeGB: 0.25 } } },
    replication: { replSetName: REPLICA_SET, oplogSizeMB: 256 },
    security: { keyFile: keyFile(facts), authorization: 'enabled' },
    systemLog: { quiet: true },
    setParameter: { diagnosticDataCollectionEnabled: false, enableLocalhostAuthBypass: false },
  };
  return `${JSON.stringify(settings, null, 2)}\n`;
}
