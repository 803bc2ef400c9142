/** Puts together what components and drivers know of a cluster. */
import { GoboolError } from '../../../runtime/base/error.ts';
import type { ClusterFacts, Secrets } from '../cluster-facts.ts';
import { type ClusterRecord, readRecord } from './cluster-record.ts';
import { readSecrets } from './secrets.ts';

/** Of the cluster in this folder. Throws `GB_CLUSTER_MISSING`, and what `readRecord` throws. */
export function readFacts(dir: string): ClusterFacts {
  const record = readRecord(dir);
  const secrets = readSecrets(dir);
  if (record !== undefined && secrets !== undefined) return factsOf(dir, record, secrets);
  throw new GoboolError('GB_CLUSTER_MISSING', `There is no cluster in ${dir}.`);
}

export function factsOf(dir: string, { id, name, driver, ports }: ClusterRecord, secrets: Secrets): ClusterFacts {
  const inside =
    driver === 'docker'
      ? { kafka: 'kafka:19092', mongodb: 'mongodb:27017' }
      : { kafka: `127.0.0.1:${ports.kafka}`, mongodb: `127.0.0.1:${ports.mongodb}` };
  return { id, name, dir, ports, secrets, inside };
}
