/**
 * The gateway as part of the local cluster. Before it can be used there must be an API key; it works when a request
 * that carries the key is answered, and one that does not is refused.
 */
import * as z from 'zod/mini';
import { etcdClient } from '../../adapters/etcd/etcd-client.ts';
import { urlOf } from '../addresses.ts';
import type { ClusterFacts } from '../cluster-facts.ts';
import type { Component, ComponentClient } from '../component.ts';
import { ensureFirstApiKey } from '../first-api-key.ts';
import { readApiKey } from '../state/api-key.ts';
import { codedBy } from './coded-by.ts';
import { answerOf, healthOf, requireAlive } from './service-health.ts';

const coded = codedBy('GB_PROBE_GATEWAY', 'The gateway');

/** Everything that a run passes through. */
const needs = ['kafka', 'mongodb', 'postgres', 'etcd', 'command', 'worker', 'join'] as const;

export const gatewayComponent: Component = { name: 'gateway', after: [], needs, open };

function open(facts: ClusterFacts): ComponentClient {
  const etcd = etcdClient(urlOf('etcd', facts.ports));
  return {
    check: signal => coded(signal, () => requireAlive('gateway', facts.ports, signal)),
    initialise: signal => coded(signal, () => ensureFirstApiKey(etcd, facts.dir)),
    probe: signal => coded(signal, () => probe(facts, signal)),
    drift: async () => [],
    close: async () => etcd.close(),
  };
}

/** Of nothing. */
const NOWHERE = '0'.repeat(64);

/** Asks which artifacts are missing, for which the gateway looks into etcd and MongoDB. */
async function probe(facts: ClusterFacts, signal: AbortSignal): Promise<string> {
  await healthOf('gateway', facts.ports, signal);
  const url = `${urlOf('gateway', facts.ports)}/v1/artifacts/missing`;
  const request = (headers: Readonly<Record<string, string>>) =>
    answerOf(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ hashes: [NOWHERE] }),
      signal,
    });
  const { status: refusal } = await request({});
  if (refusal !== 401) throw new Error(`it answers ${refusal} to a request without an API key.`);
  const startMs = performance.now();
  const { status, text } = await request({ authorization: `Bearer ${readApiKey(facts.dir)}` });
  if (status !== 200) throw new Error(`it answers ${status} to the first API key: ${text}`);
  z.object({ missing: z.tuple([z.literal(NOWHERE)]) }).parse(JSON.parse(text));
  return `a request with the first API key answered in ${Math.round(performance.now() - startMs)} ms`;
}
