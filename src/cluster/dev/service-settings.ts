/** What the local cluster tells gobool's services: addresses on loopback, whatever the driver, and secrets. */
import { join } from 'node:path';
import type { ServiceSettings } from '../services/common/settings.ts';
import type { ClusterFacts } from './cluster-facts.ts';
import { configDir, dataDir } from './cluster-folder.ts';
import type { ServiceName } from './component.ts';
import { mongoPassword } from './mongodb-secrets.ts';

const HOST = '127.0.0.1';

/** Mode 0600. */
export const serviceSettingsFile = (name: ServiceName, { dir }: ClusterFacts) =>
  join(configDir(dir, name), 'settings.json');

export function serviceSettings(name: ServiceName, { id, dir, ports, secrets }: ClusterFacts): ServiceSettings {
  return {
    clusterId: id,
    kafka: `${HOST}:${ports.kafka}`,
    etcd: `${HOST}:${ports.etcd}`,
    postgres: { host: HOST, port: ports.postgres, user: 'gobool', password: secrets.postgres, database: 'gobool' },
    mongodb: {
      host: HOST,
      port: ports.mongodb,
      login: { name: 'gobool', password: mongoPassword(secrets, 'gobool') },
    },
    port: ports[name],
    cacheDir: dataDir(dir, name),
  };
}
