/** A worker whose links to engines are bad, beside healthy ones, while a sweep runs. */
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { serviceSettings } from '../../src/cluster/dev/service-settings.ts';
import { patientSweep } from '../helpers/patient-sweep.ts';
import { tcpProxy } from '../helpers/tcp-proxy.ts';
import { workerProcess } from '../helpers/worker-process.ts';

const HARM_MS = 1_500;

test('a worker whose links are slow, silent and cut in turn spoils nothing', async () => {
  const { cluster, expected, onCluster } = await patientSweep();
  const settings = serviceSettings('worker', cluster);
  const [etcd, mongodb] = [await tcpProxy(cluster.ports.etcd), await tcpProxy(cluster.ports.mongodb)];
  const linked = { etcd: `127.0.0.1:${etcd.port}`, mongodb: { ...settings.mongodb, port: mongodb.port } };
  const worker = workerProcess({ ...settings, ...linked });
  await vi.waitUntil(() => worker.log().includes('listens'), { timeout: 60_000 });
  const sweeping = onCluster();
  await vi.waitUntil(() => worker.log().includes('task taken'), { timeout: 60_000 });
  for (const harm of ['slow', 'silence', 'cut'] as const) {
    for (const link of [etcd, mongodb]) link[harm]();
    await pause(HARM_MS);
    for (const link of [etcd, mongodb]) link.mend();
  }
  expect((await sweeping).runs).toEqual(expected);
});
