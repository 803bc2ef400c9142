/** What a daemon finds when it comes late, and what keeps it from starting. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DEFAULT_PORTS } from '../../../../src/cluster/dev/cluster-facts.ts';
import { clusterDir } from '../../../../src/cluster/dev/cluster-folder.ts';
import { leakCheck } from '../../../../src/cluster/dev/control/leak-check.ts';
import { listClusters } from '../../../../src/cluster/dev/control/list-clusters.ts';
import { readStatus } from '../../../../src/cluster/dev/control/read-status.ts';
import { stopCluster } from '../../../../src/cluster/dev/control/stop-cluster.ts';
import { readProcess } from '../../../../src/cluster/dev/native/process-table.ts';
import { newRecord, writeRecord } from '../../../../src/cluster/dev/state/cluster-record.ts';
import { readFacts } from '../../../../src/cluster/dev/state/facts.ts';
import { writeLive } from '../../../../src/cluster/dev/state/live-record.ts';
import { allocatePorts } from '../../../../src/cluster/dev/state/ports.ts';
import { makeSecrets, writeSecrets } from '../../../../src/cluster/dev/state/secrets.ts';
import { errorOf } from '../../../helpers/errors.ts';
import { componentOf, makeId, smallCluster, untilState, upFrom } from '../../../helpers/small-cluster.ts';
import { smallDriver } from '../../../helpers/small-engines.ts';
import { temporaryDir } from '../../../helpers/temporary-dir.ts';

describe('what another daemon left', () => {
  /** A cluster of which one engine runs, as after a kill -9 of its daemon. */
  async function abandoned() {
    const projectDir = temporaryDir();
    const dir = clusterDir(projectDir, 'default');
    mkdirSync(dir, { recursive: true });
    const ports = await allocatePorts();
    writeRecord(dir, { ...newRecord({ id: makeId(), name: 'default', driver: 'native', ports }), wanted: ['etcd'] });
    writeSecrets(dir, makeSecrets());
    const engine = await smallDriver().start('etcd', readFacts(dir), new AbortController().signal);
    onTestFinished(() => engine.kill());
    return { projectDir, dir, engine };
  }

  test('is told of by status, taken over by up as it is, and proves itself', async () => {
    const { projectDir, engine } = await abandoned();
    const before = await readStatus(projectDir, 'default');
    expect(before.state).toBe('down');
    expect(componentOf(before, 'etcd')).toMatchObject({ pid: engine.pid, state: 'unhealthy' });
    expect(componentOf(before, 'etcd').problem?.code).toBe('GB_CLUSTER_DAEMON');
    await smallCluster({ projectDir, only: ['kafka'] });
    const after = await upFrom(projectDir);
    expect(componentOf(after, 'etcd')).toMatchObject({ pid: engine.pid, restarts: 0, probe: { ok: true } });
    engine.kill();
    await untilState(projectDir, 'etcd', 'starting');
    await untilState(projectDir, 'etcd', 'healthy');
  });

  test('is stopped by down, also without a daemon', async () => {
    const { projectDir, dir, engine } = await abandoned();
    writeLive(dir, {
      daemon: { pid: engine.pid, startedAt: 'long ago' },
      socket: join(dir, 'gone.sock'),
      processes: {},
    });
    expect(await stopCluster(projectDir, 'default', process.env)).toEqual([
      expect.stringContaining(String(engine.pid)),
    ]);
    expect(leakCheck(readFacts(dir), ['etcd'])).toEqual([]);
  });

  test('and a daemon that hangs, is told of by status and ended by down', async () => {
    const { projectDir, dir } = await abandoned();
    const socket = join(temporaryDir(), 'sock');
    const silent = createServer().listen(socket);
    onTestFinished(() => void silent.close());
    const hung = spawn('sleep', ['60']);
    const startedAt = readProcess(hung.pid!)!.startedAt;
    writeLive(dir, { daemon: { pid: hung.pid!, startedAt }, socket, processes: {} });
    const [error, list] = await Promise.all([
      errorOf(() => readStatus(projectDir, 'default')),
      listClusters(projectDir),
    ]);
    expect(error.code).toBe('GB_CLUSTER_DAEMON');
    expect(list).toMatchObject([{ name: 'default', problem: { code: 'GB_CLUSTER_DAEMON' } }]);
    await stopCluster(projectDir, 'default', process.env);
    expect(hung.signalCode ?? (await once(hung, 'exit'))[1]).toBe('SIGKILL');
    expect(leakCheck(readFacts(dir), ['etcd'])).toEqual([]);
  }, 30_000);
});

describe('what keeps a cluster from starting', () => {
  test('another daemon that lives', async () => {
    const { projectDir } = await smallCluster();
    const second = await smallCluster({ projectDir });
    expect(await second.ended).toBe('busy');
  });

  test('a port that is taken is told with its owner, and no cluster is made', async () => {
    const server = createServer();
    onTestFinished(() => void server.close());
    server.listen(DEFAULT_PORTS.etcd, '127.0.0.1').on('error', () => undefined);
    const projectDir = temporaryDir();
    const error = await errorOf(() => smallCluster({ projectDir, anyPort: false, only: ['etcd'] }));
    expect(error.code).toBe('GB_CLUSTER_PORT_TAKEN');
    expect(error.message).toContain(`Port ${DEFAULT_PORTS.etcd}, which etcd needs, is taken by`);
    expect(readdirSync(clusterDir(projectDir, 'default'))).toEqual(['daemon.lock']);
    expect(await listClusters(projectDir)).toEqual([]);
  });

  test('a newer version, a lost secret, another driver: nothing is touched', async () => {
    const projectDir = temporaryDir();
    const dir = clusterDir(projectDir, 'default');
    mkdirSync(dir, { recursive: true });
    const record = newRecord({ id: makeId(), name: 'default', driver: 'native' });
    writeRecord(dir, record);
    expect((await errorOf(() => smallCluster({ projectDir }))).code).toBe('GB_CLUSTER_BROKEN');
    expect((await errorOf(() => upFrom(projectDir, { driver: 'docker' }))).code).toBe('GB_CLUSTER_DRIVER');
    writeFileSync(join(dir, 'cluster.json'), JSON.stringify({ ...record, v: 9 }));
    for (const use of [
      () => upFrom(projectDir),
      () => readStatus(projectDir, 'default'),
      () => smallCluster({ projectDir }),
    ])
      expect((await errorOf(use)).code).toBe('GB_CLUSTER_NEWER');
    expect(JSON.parse(readFileSync(join(dir, 'cluster.json'), 'utf8')).v).toBe(9);
  });

  test('a folder that cannot be made', async () => {
    const projectDir = temporaryDir();
    mkdirSync(join(projectDir, '.gobool'));
    writeFileSync(join(projectDir, '.gobool', 'cluster'), 'in the way');
    expect((await errorOf(() => upFrom(projectDir))).code).toBe('GB_PERMISSION');
    expect(await listClusters(projectDir)).toEqual([]);
  });
});
