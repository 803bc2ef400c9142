/** The Docker driver on a real engine: everything up, killed, kept, adopted, beside another cluster, and gone. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { dataDir } from '../../src/cluster/dev/cluster-folder.ts';
import { ENGINE_NAMES } from '../../src/cluster/dev/component.ts';
import { dockerDriver } from '../../src/cluster/dev/docker/docker-driver.ts';
import { type DockerCluster, dockerCluster } from './docker-cluster.ts';
import { dockerObjects, inspected } from './docker-objects.ts';
import { readMarks, writeMarks } from './marks.ts';

const STORES = ['kafka', 'mongodb', 'postgres', 'etcd'] as const;

let cluster: DockerCluster;
let evidence: Awaited<ReturnType<DockerCluster['up']>>;
beforeAll(async () => {
  cluster = await dockerCluster();
  evidence = await cluster.up(ENGINE_NAMES);
  return cluster.end;
});

/** Beside that one, for one test. */
async function anotherCluster(): Promise<DockerCluster> {
  const other = await dockerCluster();
  onTestFinished(other.end);
  return other;
}

test('all six do their work', () => {
  expect(evidence).toEqual({
    kafka: expect.stringContaining('message produced and consumed'),
    connect: expect.stringContaining('RUNNING'),
    streams: expect.stringContaining('RUNNING'),
    mongodb: expect.stringContaining('majority write read back'),
    postgres: expect.stringContaining('row committed'),
    etcd: expect.stringContaining('key under a lease'),
  });
});

describe('security', () => {
  test('no secret is in what Docker tells, nor in the Compose file', async () => {
    const containers = await dockerObjects('containers', cluster.label);
    expect(containers).toHaveLength(ENGINE_NAMES.length);
    const told = (await inspected(containers)) + readFileSync(join(cluster.facts.dir, 'compose.json'), 'utf8');
    expect(Object.values(cluster.facts.secrets).filter(secret => told.includes(secret))).toEqual([]);
  });

  test('ports are open on loopback only, and root in a container can do little', async () => {
    const containers = JSON.parse(await inspected(await dockerObjects('containers', cluster.label)));
    for (const { HostConfig } of containers) {
      const addresses = Object.values<{ HostIp: string }[]>(HostConfig.PortBindings).flat();
      expect(addresses.map(({ HostIp }) => HostIp)).toEqual(['127.0.0.1']);
      expect(HostConfig).toMatchObject({ CapDrop: ['ALL'], SecurityOpt: ['no-new-privileges:true'] });
    }
  });
});

test('another daemon finds what runs, measures it and goes on with its log', async () => {
  const first = cluster.running.get('etcd')!;
  const found = (await dockerDriver(process.env).find('etcd', cluster.facts))!;
  expect([found.pid, found.startedAt]).toEqual([first.pid, first.startedAt]);
  const usage = (await found.usage())!;
  expect(usage.memoryBytes).toBeGreaterThan(1e6);
  expect(usage.cpuMs).toBeGreaterThan(0);
  const log = () => readFileSync(cluster.driver.logFile('etcd', cluster.facts), 'utf8');
  const before = log();
  await found.stop();
  expect(await first.ended).toBe(await found.ended);
  expect(before).toContain('"level"');
  expect(log().slice(before.length)).toContain('"level"');
  expect(await cluster.driver.find('etcd', cluster.facts)).toBeUndefined();
  await cluster.up(['etcd']);
});

test('what was acknowledged outlives kill -9', async () => {
  const mark = crypto.randomUUID();
  await writeMarks(cluster.facts, mark);
  for (const name of STORES) {
    const instance = cluster.running.get(name)!;
    instance.kill();
    expect(await instance.ended).toBe('SIGKILL');
    expect(await cluster.driver.find(name, cluster.facts)).toBeUndefined();
  }
  await cluster.up(STORES);
  expect(await readMarks(cluster.facts)).toEqual({ kafka: mark, mongodb: mark, postgres: mark, etcd: mark });
});

test('two clusters do not know of each other', async () => {
  const other = await anotherCluster();
  const proof = await other.up(['etcd', 'postgres']);
  expect(Object.keys(proof)).toEqual(['etcd', 'postgres']);
  expect(await other.driver.sweep(other.facts)).toHaveLength(2);
  expect(await dockerObjects('containers', other.label)).toEqual([]);
  expect(await dockerObjects('networks', other.label)).toEqual([]);
  expect(await dockerObjects('containers', cluster.label)).toHaveLength(ENGINE_NAMES.length);
});

test('who deletes the data in the folder has deleted the volume with the next start', async () => {
  const other = await anotherCluster();
  await other.up(['etcd']);
  const volumes = async () => (await dockerObjects('volumes', other.label)).filter(name => name.includes('_etcd-'));
  const [before] = await volumes();
  await other.running.get('etcd')?.stop();
  rmSync(dataDir(other.facts.dir, 'etcd'), { recursive: true });
  await other.up(['etcd']);
  const after = await volumes();
  expect(after).toHaveLength(1);
  expect(after).not.toContain(before);
});

test('down leaves no container and no network, and keeps the data', async () => {
  for (const name of ['connect', 'streams', ...STORES] as const) await cluster.running.get(name)?.stop();
  expect(await dockerObjects('containers', cluster.label)).toEqual([]);
  expect(await dockerObjects('networks', cluster.label)).toEqual([]);
  expect((await dockerObjects('volumes', cluster.label)).length).toBeGreaterThanOrEqual(STORES.length);
  expect(await cluster.driver.sweep(cluster.facts)).toEqual([]);
});
