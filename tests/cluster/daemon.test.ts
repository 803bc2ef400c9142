/** The daemon over real engines: started twice at once, killed in the middle, killed with all it looks after. */
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { clusterDir } from '../../src/cluster/dev/cluster-folder.ts';
import type { ClusterStatus } from '../../src/cluster/dev/cluster-status.ts';
import { leakCheck } from '../../src/cluster/dev/control/leak-check.ts';
import { readStatus } from '../../src/cluster/dev/control/read-status.ts';
import { resetCluster } from '../../src/cluster/dev/control/reset-cluster.ts';
import { type StartOptions, startCluster } from '../../src/cluster/dev/control/start-cluster.ts';
import { stopCluster } from '../../src/cluster/dev/control/stop-cluster.ts';
import { clusterProcesses } from '../../src/cluster/dev/native/cluster-processes.ts';
import { readProc } from '../../src/cluster/dev/native/process-table.ts';
import { readFacts } from '../../src/cluster/dev/state/facts.ts';
import { errorOf } from '../helpers/errors.ts';
import { componentOf, lastOf } from '../helpers/small-cluster.ts';
import { sqlOf } from '../helpers/sql-of.ts';
import { clusterProject } from '../helpers/test-cluster.ts';

let project: string;

beforeAll(() => {
  project = clusterProject('daemon');
});

afterAll(() => stopCluster(project, 'default', process.env));

/** Two engines are enough: what is tried here is the daemon. */
const start = (options: Partial<StartOptions> = {}) =>
  startCluster(project, {
    name: 'default',
    driver: 'native',
    only: ['postgres', 'etcd'],
    anyPort: true,
    env: process.env,
    ...options,
  });

const up = (options?: Partial<StartOptions>) => lastOf(start(options));
const problemsOf = ({ components }: ClusterStatus) => components.flatMap(({ problem }) => problem ?? []);
const facts = () => readFacts(clusterDir(project, 'default'));
const leaders = () => clusterProcesses(facts().id).filter(({ leads }) => leads);
const pidsOf = (status: ClusterStatus) => [componentOf(status, 'postgres').pid, componentOf(status, 'etcd').pid];

function kill(roles: readonly string[]): void {
  for (const { pid, role } of leaders()) if (roles.includes(role)) process.kill(pid, 'SIGKILL');
}

test('two at once make one daemon, and both see the cluster healthy', async () => {
  const [first, second] = await Promise.all([up(), up()]);
  expect([first.state, second.state]).toEqual(['healthy', 'healthy']);
  expect(second.daemonPid).toBe(first.daemonPid);
  expect(
    leaders()
      .map(({ role }) => role)
      .toSorted(),
  ).toEqual(['daemon', 'etcd', 'postgres']);
});

test('no password stands on a command line, in an environment or in a log', () => {
  const logs = join(facts().dir, 'logs');
  const texts = [
    ...clusterProcesses(facts().id).flatMap(({ pid }) => [readProc(pid, 'cmdline'), readProc(pid, 'environ')]),
    ...readdirSync(logs).map(name => readFileSync(join(logs, name), 'utf8')),
  ];
  expect(texts.length).toBeGreaterThan(6);
  for (const secret of Object.values(facts().secrets)) expect(texts.filter(text => text?.includes(secret))).toEqual([]);
});

test('a daemon that is killed leaves its engines alone, and the next up takes them over and proves them', async () => {
  const before = await up();
  await sqlOf(facts()).query('CREATE TABLE kept (id int)');
  kill(['daemon']);
  expect(await readStatus(project, 'default')).toMatchObject({ state: 'down', daemonPid: null });
  const after = await up();
  expect(after.state).toBe('healthy');
  expect(pidsOf(after)).toEqual(pidsOf(before));
  expect(componentOf(after, 'etcd').probe?.atMs).toBeGreaterThan(componentOf(before, 'etcd').probe?.atMs ?? Infinity);
});

test('everything killed at once comes up again with its data', async () => {
  kill(['daemon', 'postgres', 'etcd']);
  expect(problemsOf(await up())).toEqual([]);
  expect(await sqlOf(facts()).query('SELECT * FROM kept')).toEqual([]);
});

test('an engine that is killed is started again by itself', async () => {
  const before = await up();
  kill(['postgres']);
  while (pidsOf(await readStatus(project, 'default'))[0] === pidsOf(before)[0]);
  const after = await up();
  expect(after.state).toBe('healthy');
  expect(componentOf(after, 'postgres').restarts).toBe(1);
});

test('a daemon that is killed while engines come up: the next up ends with one of each', async () => {
  await stopCluster(project, 'default', process.env);
  const error = await errorOf(async () => {
    for await (const { components } of start())
      if (components.some(({ state }) => state === 'starting' || state === 'initialising')) kill(['daemon']);
  });
  expect(error.code).toBe('GB_CLUSTER_DAEMON');
  expect(problemsOf(await up())).toEqual([]);
  expect(leaders()).toHaveLength(3);
});

test('reset deletes the data, and keeps ports and passwords', async () => {
  const before = facts();
  await resetCluster(project, 'default', process.env);
  expect(facts()).toEqual(before);
  expect(problemsOf(await up())).toEqual([]);
  expect((await errorOf(() => sqlOf(facts()).query('SELECT * FROM kept'))).message).toContain('kept');
});

test('down leaves nothing, also where the daemon was killed before', async () => {
  kill(['daemon']);
  const found = await stopCluster(project, 'default', process.env);
  expect(found.some(text => text.startsWith('etcd '))).toBe(true);
  expect(leakCheck(facts(), ['postgres', 'etcd'])).toEqual([]);
});

test('a port that was taken meanwhile is told, and replaced where that is allowed, with the data still there', async () => {
  const only = ['mongodb'] as const;
  expect(problemsOf(await up({ only }))).toEqual([]);
  await stopCluster(project, 'default', process.env);
  const before = facts().ports.mongodb;
  const server = createServer(socket => void socket.destroy()).listen(before, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const error = await errorOf(() => up({ only, anyPort: false }));
  expect(error.code).toBe('GB_CLUSTER_PORT_TAKEN');
  expect(error.message).toContain(`Port ${before}, which mongodb needs, is taken by `);
  expect(error.message).toContain(`(pid ${process.pid})`);
  const moved = await up({ only });
  expect(problemsOf(moved)).toEqual([]);
  expect(componentOf(moved, 'mongodb').port).not.toBe(before);
});
