/**
 * The command service as part of the local cluster. It works when it is registered in etcd, reads its topics of Kafka,
 * and its outbox in PostgreSQL is empty or moves.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Etcd3 } from 'etcd3';
import type { Kafka } from 'kafkajs';
import { etcdClient } from '../../adapters/etcd/etcd-client.ts';
import { etcdObjects } from '../../adapters/etcd/etcd-objects.ts';
import { kafkaClient } from '../../adapters/kafka/kafka-client.ts';
import { postgresSql } from '../../adapters/postgres/postgres-sql.ts';
import type { Queries } from '../../ports/sql.ts';
import { SERVICE_ENDPOINTS } from '../../services/common/object-kinds.ts';
import { urlOf } from '../addresses.ts';
import type { ClusterFacts } from '../cluster-facts.ts';
import type { Component, ComponentClient } from '../component.ts';
import { codedBy } from './coded-by.ts';
import { withAdmin } from './kafka-admin.ts';
import { healthOf, requireAlive } from './service-health.ts';

/** Its consumer groups. */
const GROUPS = ['command', 'command-tasks', 'command-hospital'];
const OUTBOX_LOOK_MS = 500;

const coded = codedBy('GB_PROBE_COMMAND', 'Command');

/** A schema without its tables is a reason to end, so it waits for those; of engines it only waits for answers. */
const after = ['postgres'] as const;

export const commandComponent: Component = { name: 'command', after, needs: ['kafka', 'postgres', 'etcd'], open };

function open({ name, ports, secrets }: ClusterFacts): ComponentClient {
  const etcd = etcdClient(urlOf('etcd', ports));
  const broker = { brokers: [urlOf('kafka', ports)], clientId: `gobool-${name}`, timeoutMs: 5_000, retries: 2 };
  const database = { host: '127.0.0.1', port: ports.postgres, user: 'gobool', database: 'gobool' };
  const sql = postgresSql({ ...database, password: secrets.postgres }, { connections: 1 });
  const probe = async (signal: AbortSignal) => {
    await healthOf('command', ports, signal);
    await requireRegistered(etcd, urlOf('command', ports));
    await requireReading(kafkaClient(broker));
    return `registered, reads its topics, ${await outboxState(sql)}`;
  };
  return {
    check: signal => coded(signal, () => requireAlive('command', ports, signal)),
    initialise: async () => {},
    probe: signal => coded(signal, () => probe(signal)),
    drift: async () => [],
    async close() {
      etcd.close();
      await sql.close();
    },
  };
}

async function requireRegistered(etcd: Etcd3, url: string): Promise<void> {
  const replicas = await etcdObjects(etcd, SERVICE_ENDPOINTS).list('command/');
  if (!replicas.some(({ value }) => value?.url === url)) throw new Error('it is not registered in etcd.');
}

async function requireReading(kafka: Kafka): Promise<void> {
  const { groups } = await withAdmin(kafka, admin => admin.describeGroups(GROUPS));
  const waiting = groups
    .filter(({ state }) => state !== 'Stable')
    .map(({ groupId, state }) => `${groupId} is ${state}`);
  if (waiting.length > 0) throw new Error(`its consumer groups do not read: ${waiting.join(', ')}.`);
}

/** Throws where its first message stays. */
async function outboxState(sql: Queries): Promise<string> {
  const first = await firstWaiting(sql);
  if (first === null) return 'outbox empty';
  await pause(OUTBOX_LOOK_MS);
  if ((await firstWaiting(sql)) === first) throw new Error(`message ${first} of its outbox does not go out.`);
  return 'outbox moving';
}

async function firstWaiting(sql: Queries): Promise<string | null> {
  const [row] = await sql.query<{ id: string | null }>('SELECT min(id) AS id FROM gobool.outbox');
  return row?.id ?? null;
}
