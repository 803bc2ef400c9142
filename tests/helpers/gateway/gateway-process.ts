/**
 * A gateway as a process of its own on real engines, with an etcd of its own, so that no other service is found
 * there.
 */
import { expect, onTestFinished } from 'vitest';
import { etcdClient } from '../../../src/cluster/adapters/etcd/etcd-client.ts';
import { etcdObjects } from '../../../src/cluster/adapters/etcd/etcd-objects.ts';
import type { ServiceEndpoint } from '../../../src/cluster/contracts/cluster-objects.ts';
import type { ClusterFacts } from '../../../src/cluster/dev/cluster-facts.ts';
import { etcdComponent } from '../../../src/cluster/dev/components/etcd.ts';
import { etcdEngine } from '../../../src/cluster/dev/native/engines/etcd.ts';
import { serviceSettings } from '../../../src/cluster/dev/service-settings.ts';
import { freePorts } from '../../../src/cluster/dev/state/ports.ts';
import type { ObjectStore } from '../../../src/cluster/ports/objects.ts';
import { createKey, type KeyStores } from '../../../src/cluster/services/common/api-keys.ts';
import { API_KEYS, SECRETS, SERVICE_ENDPOINTS } from '../../../src/cluster/services/common/object-kinds.ts';
import { type ServiceProcess, serviceProcess } from '../service-process.ts';
import { type SoloEngine, soloEngine } from '../solo-engine.ts';

export interface RealGateway {
  readonly url: string;
  readonly etcd: SoloEngine;
  readonly stores: KeyStores;
  readonly endpoints: ObjectStore<ServiceEndpoint | undefined>;
  /** `Bearer ...` of a key that may submit and read. */
  readonly authorization: string;
  /** Starts it once more on the same port. */
  readonly start: () => Promise<ServiceProcess>;
  /** The process that ran first. */
  readonly process: ServiceProcess;
}

/** `facts`: of Kafka and MongoDB. */
export async function realGateway(facts: ClusterFacts): Promise<RealGateway> {
  const etcd = await soloEngine(etcdEngine, etcdComponent);
  const client = etcdClient(`http://127.0.0.1:${etcd.facts.ports.etcd}`);
  onTestFinished(() => client.close());
  const stores = { keys: etcdObjects(client, API_KEYS), secrets: etcdObjects(client, SECRETS) };
  const key = await createKey(stores, { name: 'test', scopes: ['submit', 'read'], expiresMs: null });
  const [port = 0] = await freePorts(1, []);
  const url = `http://127.0.0.1:${port}`;
  const settings = { ...serviceSettings('gateway', facts), etcd: `127.0.0.1:${etcd.facts.ports.etcd}`, port };
  const start = async () => {
    const started = serviceProcess('gateway', settings);
    await expect.poll(() => isListening(url), { timeout: 30_000 }).toBe(true);
    return started;
  };
  const endpoints = etcdObjects(client, SERVICE_ENDPOINTS);
  return { url, etcd, stores, endpoints, authorization: `Bearer ${key}`, start, process: await start() };
}

const isListening = (url: string) =>
  fetch(url).then(
    ({ status }) => status === 404,
    () => false,
  );
