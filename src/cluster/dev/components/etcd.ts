/**
 * etcd as part of the local cluster. Its health is asked for over HTTP, which costs one read and needs no gRPC stream.
 */
import type { Etcd3 } from 'etcd3';
import { GoboolError } from '../../../runtime/base/error.ts';
import { etcdCall, etcdClient } from '../../adapters/etcd/etcd-client.ts';
import { etcdLeases } from '../../adapters/etcd/etcd-leases.ts';
import { ETCD_KEYS, ETCD_LAYOUT_VERSION } from '../../schema/etcd-layout.ts';
import type { ClusterFacts } from '../cluster-facts.ts';
import type { Component, ComponentClient } from '../component.ts';
import { codedBy } from './coded-by.ts';

const PROBE_TTL_MS = 5_000;

const coded = codedBy('GB_PROBE_ETCD', 'etcd');

export const etcdComponent: Component = { name: 'etcd', after: [], needs: [], open };

function open({ ports }: ClusterFacts): ComponentClient {
  const address = `http://127.0.0.1:${ports.etcd}`;
  const etcd = etcdClient(address);
  return {
    check: signal => coded(signal, () => check(address, signal)),
    initialise: signal => coded(signal, () => initialise(etcd)),
    probe: signal => coded(signal, () => probe(etcd)),
    drift: signal => coded(signal, () => drift(etcd)),
    close: async () => etcd.close(),
  };
}

async function check(address: string, signal: AbortSignal): Promise<void> {
  // Kept open, the connection would make etcd wait for it when it ends.
  const response = await fetch(`${address}/health`, { signal, headers: { connection: 'close' } });
  const text = await response.text();
  if (!text.includes('"health":"true"')) throw new Error(`it says that it is not healthy: ${text.trim()}`);
}

async function initialise(etcd: Etcd3): Promise<void> {
  const layout = etcd.put(ETCD_KEYS.layout).value(JSON.stringify({ version: ETCD_LAYOUT_VERSION }));
  await etcdCall(etcd.if(ETCD_KEYS.layout, 'Create', '==', 0).then(layout).commit());
  const [problem] = await drift(etcd);
  if (problem !== undefined) throw new GoboolError('GB_ETCD_LAYOUT', `etcd: ${problem}.`);
}

async function drift(etcd: Etcd3): Promise<readonly string[]> {
  const expected = JSON.stringify({ version: ETCD_LAYOUT_VERSION });
  const found = await etcdCall(etcd.get(ETCD_KEYS.layout).string());
  if (found === expected) return [];
  return [`key ${ETCD_KEYS.layout} is ${found ?? 'missing'}, and this gobool wants ${expected}`];
}

/** A lease is granted, a key lives under it, and both are gone again. */
async function probe(etcd: Etcd3): Promise<string> {
  const key = ETCD_KEYS.probes + crypto.randomUUID();
  const startMs = performance.now();
  {
    await using lease = await etcdLeases(etcd).grant({ ttlMs: PROBE_TTL_MS });
    await lease.claim(key, 'probe');
    if ((await valueAt(etcd, key)) !== 'probe') throw new Error('a key under a lease was not read back.');
  }
  if ((await valueAt(etcd, key)) !== undefined) throw new Error('a key outlived its lease.');
  return `key under a lease written, read and gone with it in ${Math.round(performance.now() - startMs)} ms`;
}

async function valueAt(etcd: Etcd3, key: string): Promise<unknown> {
  return (await etcdCall(etcd.get(key).json())) ?? undefined;
}
