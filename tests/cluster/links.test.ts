/** A worker or a command whose links to engines are bad, beside healthy ones, while a sweep runs. */
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import type { ClusterFacts } from '../../src/cluster/dev/cluster-facts.ts';
import { serviceSettings } from '../../src/cluster/dev/service-settings.ts';
import { patientSweep } from '../helpers/patient-sweep.ts';
import { serviceProcess } from '../helpers/service-process.ts';
import { kafkaProxy, type TcpProxy, tcpProxy } from '../helpers/tcp-proxy.ts';
import { workerProcess } from '../helpers/worker-process.ts';

const HARM_MS = 1_500;

test('a worker whose links are slow, silent and cut in turn spoils nothing', async () => {
  const { cluster, expected, onCluster } = await patientSweep();
  const settings = serviceSettings('worker', cluster);
  const { etcd, kafka, linked } = await badLinks(cluster);
  const mongodb = await tcpProxy(cluster.ports.mongodb);
  const worker = workerProcess({ ...settings, ...linked, mongodb: { ...settings.mongodb, port: mongodb.port } });
  await vi.waitUntil(() => worker.log().includes('listens'), { timeout: 60_000 });
  const sweeping = onCluster();
  await vi.waitUntil(() => worker.log().includes('task taken'), { timeout: 60_000 });
  await harm([etcd, mongodb, kafka]);
  expect((await sweeping).runs).toEqual(expected);
});

test('a command whose links are slow, silent and cut in turn spoils nothing, and goes on', async () => {
  const { cluster, expected, onCluster } = await patientSweep();
  const settings = serviceSettings('command', cluster);
  const { etcd, kafka, linked } = await badLinks(cluster);
  const postgres = await tcpProxy(cluster.ports.postgres);
  const command = serviceProcess('command', {
    ...settings,
    ...linked,
    postgres: { ...settings.postgres, port: postgres.port },
    port: 0,
  });
  await vi.waitUntil(() => command.log().includes('registered'), { timeout: 60_000 });
  const sweeping = onCluster();
  await harm([etcd, postgres, kafka]);
  expect((await sweeping).runs).toEqual(expected);
  expect((await onCluster()).runs).toEqual(expected);
  expect(await Promise.race([command.ended, 'runs'])).toBe('runs');
});

/** Two that every service has. */
async function badLinks({ ports }: ClusterFacts) {
  const [etcd, kafka] = [await tcpProxy(ports.etcd), await kafkaProxy(ports.kafka)];
  return { etcd, kafka, linked: { etcd: `127.0.0.1:${etcd.port}`, kafka: `127.0.0.1:${kafka.port}` } };
}

async function harm(links: readonly TcpProxy[]): Promise<void> {
  for (const kind of ['slow', 'silence', 'cut'] as const) {
    for (const link of links) link[kind]();
    await pause(HARM_MS);
    for (const link of links) link.mend();
  }
}
