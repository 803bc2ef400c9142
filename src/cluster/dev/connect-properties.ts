/**
 * Settings of the Connect worker, one of one, and its secrets. The same keys natively and in Docker: only addresses
 * and folders differ. Connectors name a secret, `${file:PATH:mongodb.uri}`; the worker reads it from the file
 * whenever it starts a task, so that neither its REST interface nor its topics hold a password.
 */
import { join } from 'node:path';
import { REPLICA_SET } from '../schema/mongodb-layout.ts';
import type { ClusterFacts } from './cluster-facts.ts';
import { configDir } from './cluster-folder.ts';
import { mongoPassword } from './mongodb-secrets.ts';
import { toProperties } from './properties.ts';

export interface WorkerSettings {
  /** The broker, `host:port`. */
  readonly bootstrap: string;
  /** Where REST is answered, `host:port`. */
  readonly rest: string;
  readonly pluginDir: string;
  /** The only folder from which connectors may read secrets. */
  readonly secretsDir: string;
}

const STORAGE = {
  'config.storage.topic': 'connect.configs',
  'offset.storage.topic': 'connect.offsets',
  'status.storage.topic': 'connect.status',
  'config.storage.replication.factor': 1,
  'offset.storage.replication.factor': 1,
  'status.storage.replication.factor': 1,
  'offset.storage.partitions': 1,
  'status.storage.partitions': 1,
};

/**
 * A broker that is away is looked for often; a worker that was killed is missed after 6 s, and its tasks wait for
 * nobody.
 */
const QUICK = {
  'reconnect.backoff.max.ms': 200,
  'session.timeout.ms': 6000,
  'heartbeat.interval.ms': 2000,
  'scheduled.rebalance.max.delay.ms': 0,
  'offset.flush.interval.ms': 5000,
};

export function connectProperties({ bootstrap, rest, pluginDir, secretsDir }: WorkerSettings): string {
  return toProperties({
    'bootstrap.servers': bootstrap,
    'group.id': 'gobool-connect',
    listeners: `http://${rest}`,
    'plugin.path': pluginDir,
    'plugin.discovery': 'service_load',
    'key.converter': 'org.apache.kafka.connect.storage.StringConverter',
    'value.converter': 'org.apache.kafka.connect.json.JsonConverter',
    'value.converter.schemas.enable': false,
    'connector.client.config.override.policy': 'All',
    'config.providers': 'file',
    'config.providers.file.class': 'org.apache.kafka.common.config.provider.FileConfigProvider',
    'config.providers.file.param.allowed.paths': secretsDir,
    ...STORAGE,
    ...QUICK,
  });
}

/** The file that connectors name, of mode 0600. */
export const connectSecretsFile = ({ dir }: ClusterFacts) => join(configDir(dir, 'connect'), 'secrets.properties');

/** A short absence of MongoDB is waited for; a task that waited in vain fails, and is started again by the daemon. */
const MONGODB_OPTIONS = new URLSearchParams({
  authSource: 'admin',
  replicaSet: REPLICA_SET,
  w: 'majority',
  journal: 'true',
  serverSelectionTimeoutMS: '30000',
});

export function connectSecrets({ secrets, inside }: ClusterFacts): string {
  const password = encodeURIComponent(mongoPassword(secrets, 'connect'));
  return toProperties({ 'mongodb.uri': `mongodb://connect:${password}@${inside.mongodb}/?${MONGODB_OPTIONS}` });
}
