/**
 * What the local cluster tells gobool's services: addresses on loopback, whatever the driver, secrets, and what the
 * project's configuration says.
 */
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { ServiceSettings } from '../services/common/settings.ts';
import type { ClusterFacts } from './cluster-facts.ts';
import { configDir, dataDir } from './cluster-folder.ts';
import { SERVICE_NAMES, type ServiceName } from './component.ts';
import { mongoPassword } from './mongodb-secrets.ts';
import { readText } from './state/cluster-record.ts';
import { readProjectSettings } from './state/project-settings.ts';

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
    ...(name === 'gateway' && { auditFile: join(dataDir(dir, name), 'audit.ndjson') }),
    ...readProjectSettings(dir),
  };
}

/** Services that were started with other settings than they would be now. */
export const servicesBehind = (facts: ClusterFacts): readonly ServiceName[] =>
  SERVICE_NAMES.filter(name => {
    const started = readText(serviceSettingsFile(name, facts));
    return started !== undefined && !isDeepStrictEqual(JSON.parse(started), serviceSettings(name, facts));
  });
