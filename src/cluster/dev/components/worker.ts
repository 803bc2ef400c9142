/** The pool of workers as part of the local cluster. It works when one of its workers has announced itself in etcd. */
import type { Etcd3 } from 'etcd3';
import * as z from 'zod/mini';
import { etcdClient } from '../../adapters/etcd/etcd-client.ts';
import { etcdObjects } from '../../adapters/etcd/etcd-objects.ts';
import { WORKER_OFFERS } from '../../services/common/object-kinds.ts';
import { urlOf } from '../addresses.ts';
import type { ClusterFacts } from '../cluster-facts.ts';
import type { Component, ComponentClient } from '../component.ts';
import { codedBy } from './coded-by.ts';
import { healthOf, requireAlive } from './service-health.ts';

const coded = codedBy('GB_PROBE_WORKER', 'The worker pool');

/** Of each worker its offer, null until it listens. */
const poolSchema = z.object({
  workers: z.array(z.object({ offer: z.nullable(z.object({ workerId: z.string() })) })),
});

export const workerComponent: Component = { name: 'worker', after: [], needs: ['kafka', 'mongodb', 'etcd'], open };

function open({ ports }: ClusterFacts): ComponentClient {
  const etcd = etcdClient(urlOf('etcd', ports));
  const probe = async (signal: AbortSignal) => {
    const { workers } = poolSchema.parse(await healthOf('worker', ports, signal));
    const announced = await announcedIn(etcd);
    const ours = workers.filter(({ offer }) => offer !== null && announced.has(offer.workerId));
    if (ours.length === 0) throw new Error('none of its workers has announced itself in etcd.');
    return `${ours.length} of ${workers.length} workers have announced themselves in etcd`;
  };
  return {
    check: signal => coded(signal, () => requireAlive('worker', ports, signal)),
    initialise: async () => {},
    probe: signal => coded(signal, () => probe(signal)),
    drift: async () => [],
    close: async () => etcd.close(),
  };
}

async function announcedIn(etcd: Etcd3): Promise<ReadonlySet<string>> {
  return new Set((await etcdObjects(etcd, WORKER_OFFERS).list()).map(({ key }) => key));
}
