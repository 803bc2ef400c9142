/**
 * The join service as part of the local cluster. It says that it does not know a run only when it is sure: when it has
 * read MongoDB, and everything that is in Kafka has been stored there.
 */
import { urlOf } from '../addresses.ts';
import type { ClusterFacts } from '../cluster-facts.ts';
import type { Component, ComponentClient } from '../component.ts';
import { codedBy } from './coded-by.ts';
import { answerOf, healthOf, requireAlive } from './service-health.ts';

const NO_RUN = `r-${'0'.repeat(24)}`;

const coded = codedBy('GB_PROBE_JOIN', 'Join');

export const joinComponent: Component = { name: 'join', after: [], needs: ['kafka', 'mongodb', 'etcd'], open };

function open({ ports }: ClusterFacts): ComponentClient {
  const probe = async (signal: AbortSignal) => {
    await healthOf('join', ports, signal);
    const startMs = performance.now();
    const { status, text } = await answerOf(`${urlOf('join', ports)}/runs/${NO_RUN}`, { signal });
    if (status !== 404) throw new Error(`it answers ${status} for a run that does not exist: ${text}`);
    return `MongoDB has all that is in Kafka, checked in ${Math.round(performance.now() - startMs)} ms`;
  };
  return {
    check: signal => coded(signal, () => requireAlive('join', ports, signal)),
    initialise: async () => {},
    probe: signal => coded(signal, () => probe(signal)),
    drift: async () => [],
    close: async () => {},
  };
}
