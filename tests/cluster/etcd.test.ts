/** etcd at work: what its ports promise, and what they keep while it is broken. */
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Etcd3 } from 'etcd3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { etcdClient } from '../../src/cluster/adapters/etcd/etcd-client.ts';
import { etcdLeases } from '../../src/cluster/adapters/etcd/etcd-leases.ts';
import { etcdObjects } from '../../src/cluster/adapters/etcd/etcd-objects.ts';
import type { ClusterFacts } from '../../src/cluster/dev/cluster-facts.ts';
import { etcdComponent } from '../../src/cluster/dev/components/etcd.ts';
import { etcdEngine } from '../../src/cluster/dev/native/engines/etcd.ts';
import { leasesContract } from '../contracts/leases.ts';
import { objectsContract } from '../contracts/objects.ts';
import { errorOf } from '../helpers/errors.ts';
import { checkTime, crash, freeze, patience, soloEngine, thaw } from '../helpers/solo-engine.ts';
import { tcpProxy } from '../helpers/tcp-proxy.ts';
import { testCluster } from '../helpers/test-cluster.ts';

function clientOf({ ports }: ClusterFacts): Etcd3 {
  const etcd = etcdClient(`http://127.0.0.1:${ports.etcd}`);
  onTestFinished(() => etcd.close());
  return etcd;
}

objectsContract(async kind => etcdObjects(clientOf(await testCluster()), kind));

leasesContract(async () => {
  const etcd = clientOf(await testCluster());
  return {
    leases: etcdLeases(etcd),
    revoke: async id => {
      await etcd.leaseClient.leaseRevoke({ ID: id });
    },
    read: async key => (await etcd.get(key).string()) ?? undefined,
  };
});

const start = () => soloEngine(etcdEngine, etcdComponent);
const numbers = (etcd: Etcd3) => etcdObjects<number>(etcd, { prefix: '/gobool/tests/', parse: Number });

describe('etcd by itself', () => {
  test('keys outlive kill -9', async () => {
    const engine = await start();
    const objects = numbers(clientOf(engine.facts));
    const revision = await objects.put('kept', 42);
    expect(await engine.client.probe(patience())).toMatch(
      /^key under a lease written, read and gone with it in \d+ ms$/,
    );
    await crash(engine.process());
    expect((await errorOf(() => engine.client.check(checkTime()))).code).toBe('GB_PROBE_ETCD');
    expect((await errorOf(() => engine.client.probe(patience()))).code).toBe('GB_PROBE_ETCD');
    expect((await errorOf(() => objects.get('kept'))).code).toBe('GB_ETCD_UNAVAILABLE');
    await engine.start();
    expect(await objects.get('kept')).toEqual({ value: 42, revision });
    expect(await engine.client.probe(patience())).toMatch(/^key under a lease/);
    expect(await engine.client.drift(patience())).toEqual([]);
  });

  test('one that stands still fails its check in time, and the same client sees it heal', async () => {
    const { client, process: current } = await start();
    await freeze(current());
    const startMs = performance.now();
    expect(await errorOf(() => client.check(checkTime()))).toMatchObject({
      code: 'GB_PROBE_ETCD',
      message: 'etcd does not answer.',
    });
    expect(performance.now() - startMs).toBeLessThan(1_700);
    thaw(current());
    await client.check(checkTime());
    expect(await client.probe(patience())).toMatch(/^key under a lease/);
  });

  test('it ends at once when it is asked to, while clients are connected', async () => {
    const engine = await start();
    const objects = numbers(clientOf(engine.facts));
    await objects.put('a', 1);
    const startMs = performance.now();
    await engine.process().stop();
    expect(performance.now() - startMs).toBeLessThan(2_000);
  });

  test('keys of another gobool are told, and left alone', async () => {
    const { client, facts } = await start();
    const etcd = clientOf(facts);
    await etcd.put('/gobool/layout').value('{"version":2}');
    expect((await errorOf(() => client.initialise(patience()))).code).toBe('GB_ETCD_LAYOUT');
    expect(await client.drift(patience())).toEqual([
      'key /gobool/layout is {"version":2}, and this gobool wants {"version":1}',
    ]);
    expect(await etcd.get('/gobool/layout').string()).toBe('{"version":2}');
  });
});

describe('a lease', () => {
  test('is lost here before etcd, which stood still, can give it to others', async () => {
    const engine = await start();
    const lease = await etcdLeases(clientOf(engine.facts)).grant({ ttlMs: 1_000 });
    await lease.claim('/gobool/tests/owner', 1);
    const startMs = performance.now();
    await freeze(engine.process());
    await once(lease.lost, 'abort');
    expect(performance.now() - startMs).toBeLessThan(1_200);
    expect(lease.lost.reason).toMatchObject({ code: 'GB_LEASE_LOST' });
    thaw(engine.process());
  });

  test('survives a pause of etcd that is shorter than its time', async () => {
    const engine = await start();
    await using lease = await etcdLeases(clientOf(engine.facts)).grant({ ttlMs: 4_000 });
    await freeze(engine.process());
    await pause(2_000);
    thaw(engine.process());
    await pause(3_000);
    expect(lease.lost.aborted).toBe(false);
    expect(await lease.claim('/gobool/tests/owner', 1)).toBeGreaterThan(0);
  });

  test('cannot be had from an etcd that is gone', async () => {
    const engine = await start();
    await crash(engine.process());
    const error = await errorOf(() => etcdLeases(clientOf(engine.facts)).grant({ ttlMs: 1_000 }));
    expect(error.code).toBe('GB_ETCD_UNAVAILABLE');
  });
});

test('a watch goes on after kill -9, and misses nothing of what happened meanwhile', async () => {
  const engine = await start();
  const objects = numbers(clientOf(engine.facts));
  await objects.put('a', 1);
  await objects.put('b', 1);
  const end = new AbortController();
  const changes = objects.watch('', end.signal)[Symbol.asyncIterator]();
  const next = async () => {
    const { value } = await changes.next();
    return [value?.key, value?.object?.value];
  };
  expect([await next(), await next()]).toEqual([
    ['a', 1],
    ['b', 1],
  ]);
  await crash(engine.process());
  await engine.start();
  await objects.put('a', 2);
  await objects.delete('b');
  expect([await next(), await next()]).toEqual([
    ['a', 2],
    ['b', undefined],
  ]);
  end.abort();
  expect((await changes.next()).done).toBe(true);
});

/** A watch of numbers through a link that breaks; it has seen `a` = 1. */
async function watchThroughProxy() {
  const { facts } = await start();
  const proxy = await tcpProxy(facts.ports.etcd);
  const direct = clientOf(facts);
  await numbers(direct).put('a', 1);
  const end = new AbortController();
  const remote = numbers(clientOf({ ...facts, ports: { ...facts.ports, etcd: proxy.port } }));
  const changes = remote.watch('', end.signal)[Symbol.asyncIterator]();
  onTestFinished(async () => {
    end.abort();
    await changes.return?.();
  });
  const until = async (expected: number) => {
    for (let seen: number | undefined; seen !== expected; ) seen = (await changes.next()).value?.object?.value;
  };
  await until(1);
  return { proxy, direct, until };
}

test('a watch whose history was compacted away while the link was cut lists anew', async () => {
  const { proxy, direct, until } = await watchThroughProxy();
  proxy.cut();
  for (let i = 2; i < 6; i++) await numbers(direct).put('a', i);
  await direct.kv.compact({ revision: String((await numbers(direct).get('a'))?.revision), physical: true });
  proxy.mend();
  await until(5);
  await numbers(direct).put('a', 6);
  await until(6);
});

test('a watch whose connection fell silent goes on', async () => {
  const { proxy, direct, until } = await watchThroughProxy();
  proxy.silence();
  await numbers(direct).put('a', 2);
  const startMs = performance.now();
  await until(2);
  expect(performance.now() - startMs).toBeLessThan(20_000);
  await numbers(direct).put('a', 3);
  await until(3);
});
