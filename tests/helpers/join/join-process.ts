/** A replica of join, where it answers, and the tools of its tests. */
import { onTestFinished, vi } from 'vitest';
import { kafkaBus } from '../../../src/cluster/adapters/kafka/bus.ts';
import { kafkaClient } from '../../../src/cluster/adapters/kafka/kafka-client.ts';
import { mongoDocuments } from '../../../src/cluster/adapters/mongo/documents.ts';
import { mongoClient } from '../../../src/cluster/adapters/mongo/mongo-client.ts';
import { serviceSettings } from '../../../src/cluster/dev/service-settings.ts';
import { VIEWS_DATABASE } from '../../../src/cluster/schema/mongodb-layout.ts';
import { viewsOf } from '../../../src/cluster/services/join/store/views.ts';
import { type ServiceProcess, serviceProcess } from '../service-process.ts';
import { testCluster } from '../test-cluster.ts';
import { type EventReader, readEvents } from './event-reader.ts';

export interface JoinProcess extends ServiceProcess {
  readonly url: string;
  /** `path`: `/tasks/<id>/stream`. */
  readonly read: (path: string, lastEventId?: string) => Promise<EventReader>;
  readonly get: (path: string) => Promise<{ status: number; body: Readonly<Record<string, unknown>> }>;
  /** As a crash does. */
  readonly crash: () => Promise<void>;
}

export async function openJoin() {
  const settings = { ...serviceSettings('join', await testCluster()), port: 0 };
  const bus = kafkaBus(kafkaClient({ brokers: [settings.kafka], clientId: 'join-test', timeoutMs: 5_000, retries: 5 }));
  const mongo = mongoClient({ ...settings.mongodb, timeoutMs: 5_000 });
  const views = viewsOf(collection => mongoDocuments(mongo, VIEWS_DATABASE, collection));
  onTestFinished(async () => {
    await Promise.all([bus.close(), mongo.close()]);
  });
  const start = (env: Readonly<Record<string, string>> = {}) => startJoin(serviceProcess('join', settings, env));
  return { settings, bus, views, start };
}

async function startJoin(service: ServiceProcess): Promise<JoinProcess> {
  const url = await vi.waitUntil(() => /"url":"(http[^"]+)"/.exec(service.log())?.[1], {
    timeout: 30_000,
    interval: 20,
  });
  return {
    ...service,
    url,
    read: async (path, lastEventId) => {
      const reader = await readEvents(url + path, lastEventId);
      onTestFinished(reader.close);
      return reader;
    },
    get: async path => {
      const response = await fetch(url + path);
      return { status: response.status, body: (await response.json()) as Readonly<Record<string, unknown>> };
    },
    crash: async () => {
      service.child.kill('SIGKILL');
      await service.ended;
    },
  };
}
