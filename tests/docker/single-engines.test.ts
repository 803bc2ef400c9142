/** The contract suites of the ports over engines that run alone in a container, as testcontainers starts them. */
import { GenericContainer, type StartedTestContainer, Wait } from 'testcontainers';
import { beforeAll, describe, onTestFinished } from 'vitest';
import { etcdClient } from '../../src/cluster/adapters/etcd/etcd-client.ts';
import { etcdLeases } from '../../src/cluster/adapters/etcd/etcd-leases.ts';
import { etcdObjects } from '../../src/cluster/adapters/etcd/etcd-objects.ts';
import { mongoDocuments } from '../../src/cluster/adapters/mongo/documents.ts';
import { mongoClient } from '../../src/cluster/adapters/mongo/mongo-client.ts';
import { postgresSql } from '../../src/cluster/adapters/postgres/postgres-sql.ts';
import { initiateReplicaSet, primaryOf } from '../../src/cluster/dev/components/mongodb-replica-set.ts';
import { type OfficialImage, officialImage } from '../../src/cluster/dev/docker/images.ts';
import { documentsContract } from '../contracts/documents.ts';
import { leasesContract } from '../contracts/leases.ts';
import { objectsContract } from '../contracts/objects.ts';
import { sqlContract } from '../contracts/sql.ts';

interface Engine {
  readonly image: OfficialImage;
  readonly command: readonly [string, ...string[]];
  readonly port: number;
  readonly ready: Parameters<GenericContainer['withWaitStrategy']>[0];
}

/** Started for the tests of a suite; tells host and port once it is ready. */
function engineOfSuite({ image, command: [program, ...args], port, ready }: Engine) {
  let started: StartedTestContainer;
  beforeAll(async () => {
    started = await new GenericContainer(officialImage(image, process.env))
      .withEntrypoint([program])
      .withCommand([...args])
      .withExposedPorts(port)
      .withWaitStrategy(ready)
      .start();
    return async () => {
      await started.stop({ removeVolumes: true });
    };
  });
  return () => ({ host: started.getHost(), port: started.getMappedPort(port) });
}

describe('etcd', () => {
  const address = engineOfSuite({
    image: 'etcd',
    command: ['etcd', '--listen-client-urls=http://0.0.0.0:2379', '--advertise-client-urls=http://127.0.0.1:2379'],
    port: 2379,
    ready: Wait.forHttp('/health', 2379),
  });
  const connected = () => {
    const { host, port } = address();
    const client = etcdClient(`http://${host}:${port}`);
    onTestFinished(() => client.close());
    return client;
  };
  objectsContract(async kind => etcdObjects(connected(), kind));
  leasesContract(async () => {
    const etcd = connected();
    return {
      leases: etcdLeases(etcd),
      revoke: async id => {
        await etcd.leaseClient.leaseRevoke({ ID: id });
      },
      read: async key => (await etcd.get(key).string()) ?? undefined,
    };
  });
});

describe('PostgreSQL', () => {
  const PASSWORD = 'only-for-this-test';
  const start = `
    mkdir /tmp/pg && chown postgres /tmp/pg && echo ${PASSWORD} > /tmp/password && chmod 644 /tmp/password
    as() { setpriv --reuid=postgres --regid=postgres --clear-groups -- "$@"; }
    as initdb -D /tmp/pg/data -U gobool -A scram-sha-256 --pwfile=/tmp/password -E UTF8 --locale=C --no-sync
    echo 'host all all all scram-sha-256' >> /tmp/pg/data/pg_hba.conf
    as postgres -D /tmp/pg/data -c 'listen_addresses=*'`;
  const address = engineOfSuite({
    image: 'postgres',
    command: ['/bin/sh', '-euc', start],
    port: 5432,
    ready: Wait.forLogMessage('ready to accept connections'),
  });
  sqlContract(async () => {
    const login = { user: 'gobool', password: PASSWORD, database: 'postgres' };
    const sql = postgresSql({ ...address(), ...login }, { statementTimeoutMs: 500 });
    onTestFinished(() => sql.close());
    return sql;
  });
});

describe('MongoDB', () => {
  const address = engineOfSuite({
    image: 'mongodb',
    command: ['/bin/sh', '-c', 'mkdir -p /data/db && exec mongod --replSet rs0 --bind_ip_all'],
    port: 27017,
    ready: Wait.forLogMessage('Waiting for connections'),
  });
  const client = () => mongoClient({ ...address(), timeoutMs: 5_000 });

  beforeAll(async () => {
    await using anyone = client();
    await anyone.connect();
    await initiateReplicaSet(anyone, '127.0.0.1:27017');
    await primaryOf(anyone, AbortSignal.timeout(20_000));
  });
  documentsContract(async () => {
    const connected = client();
    onTestFinished(() => connected.close());
    return mongoDocuments(connected, 'contract', crypto.randomUUID());
  });
});
