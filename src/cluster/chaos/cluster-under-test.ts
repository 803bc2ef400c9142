/** Everything through which a cluster is tormented and looked at: processes, its gateway, its stores. */
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { etcdClient } from '../adapters/etcd/etcd-client.ts';
import { etcdObjects } from '../adapters/etcd/etcd-objects.ts';
import { postgresSql } from '../adapters/postgres/postgres-sql.ts';
import { type GatewayClient, gatewayClient } from '../client/gateway-client.ts';
import { urlOf } from '../dev/addresses.ts';
import type { ClusterFacts } from '../dev/cluster-facts.ts';
import { clusterDir } from '../dev/cluster-folder.ts';
import { readApiKey } from '../dev/state/api-key.ts';
import { readFacts } from '../dev/state/facts.ts';
import type { ObjectKind } from '../ports/objects.ts';
import type { Sql } from '../ports/sql.ts';
import { ETCD_KEYS } from '../schema/etcd-layout.ts';
import { WORKER_OFFERS } from '../services/common/object-kinds.ts';
import type { WorkerKeys } from './orphans.ts';

export interface ClusterUnderTest extends AsyncDisposable {
  readonly facts: ClusterFacts;
  readonly client: GatewayClient;
  readonly sql: Sql;
  readonly keys: WorkerKeys;
}

const Claim = Type.Object({ workerId: Type.String() });
const CLAIMS: ObjectKind<{ readonly workerId: string } | undefined> = {
  prefix: ETCD_KEYS.partitions,
  parse: value => (Value.Check(Claim, value) ? value : undefined),
};

/** Throws `GB_CLUSTER_MISSING`. */
export function openCluster(projectDir: string, name: string): ClusterUnderTest {
  const dir = clusterDir(projectDir, name);
  const facts = readFacts(dir);
  const { ports, secrets } = facts;
  const login = { user: 'gobool', password: secrets.postgres, database: 'gobool' };
  const sql = postgresSql({ host: '127.0.0.1', port: ports.postgres, ...login }, { connections: 2 });
  const etcd = etcdClient(urlOf('etcd', ports));
  return {
    facts,
    client: gatewayClient({ url: urlOf('gateway', ports), key: readApiKey(dir) ?? '' }),
    sql,
    keys: { claims: etcdObjects(etcd, CLAIMS), offers: etcdObjects(etcd, WORKER_OFFERS) },
    async [Symbol.asyncDispose]() {
      etcd.close();
      await sql.close();
    },
  };
}
