/** One daemon over small programs: it starts, heals and stops them as it does the real engines. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { leakCheck } from '../../../../src/cluster/dev/control/leak-check.ts';
import { listClusters } from '../../../../src/cluster/dev/control/list-clusters.ts';
import { readStatus } from '../../../../src/cluster/dev/control/read-status.ts';
import { restartComponent } from '../../../../src/cluster/dev/control/restart-component.ts';
import { stopCluster } from '../../../../src/cluster/dev/control/stop-cluster.ts';
import { readFacts } from '../../../../src/cluster/dev/state/facts.ts';
import { readLive } from '../../../../src/cluster/dev/state/live-record.ts';
import { errorOf } from '../../../helpers/errors.ts';
import { componentOf, lastOf, smallCluster, untilState, upFrom } from '../../../helpers/small-cluster.ts';
import { type Programs, smallComponent } from '../../../helpers/small-engines.ts';

describe('up', () => {
  test('ends when all is healthy; the second one is answered from what is known', async () => {
    const { projectDir } = await smallCluster();
    const status = await upFrom(projectDir);
    expect(status.state).toBe('healthy');
    expect(componentOf(status, 'etcd')).toMatchObject({ state: 'healthy', restarts: 0, problem: null });
    expect(componentOf(status, 'etcd').probe).toMatchObject({ ok: true, message: 'it said ok' });
    const startedMs = performance.now();
    const again = await upFrom(projectDir);
    expect(performance.now() - startedMs).toBeLessThan(100);
    expect(again.components.map(({ pid }) => pid)).toEqual(status.components.map(({ pid }) => pid));
  });

  test('of one component starts what it needs and nothing else', async () => {
    const { projectDir } = await smallCluster({ only: ['connect'] });
    const status = await upFrom(projectDir, { only: ['connect'] });
    const running = status.components.filter(({ pid }) => pid !== null).map(({ name }) => name);
    expect(running).toEqual(['kafka', 'connect']);
    expect(status.state).toBe('healthy');
  });

  test('a component waits until what comes before it is healthy', async () => {
    const components = [smallComponent('kafka'), smallComponent('streams', { after: ['kafka'], needs: ['kafka'] })];
    const { projectDir, log } = await smallCluster({ components });
    await upFrom(projectDir, { only: ['streams'] });
    const at = (text: string) => log.findIndex(line => line.includes(text));
    expect(at('streams: fetching -> starting')).toBeGreaterThan(at('kafka: initialising -> healthy'));
  });

  test('a component that ends again and again is given up, with its last words; up tries again', async () => {
    const programs = { etcd: "console.error('no room'); process.exit(3)" };
    const { projectDir } = await smallCluster({ only: ['etcd'], programs });
    const { problem, restarts } = componentOf(await upFrom(projectDir, { only: ['etcd'] }), 'etcd');
    expect(problem?.code).toBe('GB_CLUSTER_CRASH_LOOP');
    expect(problem?.message).toBe('It ended 5 times in a row. etcd ended: exit 3.');
    expect(problem?.log.at(-1)).toBe('no room');
    expect(restarts).toBe(4);
    delete (programs as Programs).etcd;
    expect((await upFrom(projectDir, { only: ['etcd'] })).state).toBe('healthy');
  }, 30_000);

  test('a program that cannot be run is told at once', async () => {
    const { projectDir } = await smallCluster({ only: ['etcd'], programs: { etcd: null } });
    const { state, problem } = componentOf(await upFrom(projectDir, { only: ['etcd'] }), 'etcd');
    expect([state, problem?.code]).toEqual(['failed', 'GB_CLUSTER_FAILED']);
  });
});

describe('healing', () => {
  test('what was killed comes back, and proves itself again', async () => {
    const { projectDir } = await smallCluster();
    const before = componentOf(await upFrom(projectDir), 'etcd');
    process.kill(before.pid!, 'SIGKILL');
    await untilState(projectDir, 'etcd', 'starting');
    const after = componentOf(await untilState(projectDir, 'etcd', 'healthy'), 'etcd');
    expect(after.restarts).toBe(1);
    expect(after.pid).not.toBe(before.pid);
    expect(after.probe!.atMs).toBeGreaterThan(before.probe!.atMs);
  });

  test('what is paused is named within 5 s, with its code, and is healthy again when it goes on', async () => {
    const { projectDir } = await smallCluster();
    const { pid } = componentOf(await upFrom(projectDir), 'etcd');
    process.kill(pid!, 'SIGSTOP');
    const pausedMs = performance.now();
    const status = await untilState(projectDir, 'etcd', 'unhealthy');
    expect(performance.now() - pausedMs).toBeLessThan(5000);
    expect(componentOf(status, 'etcd').problem?.code).toBe('GB_PROBE_ETCD');
    expect(status.state).toBe('degraded');
    process.kill(pid!, 'SIGCONT');
    expect(componentOf(await untilState(projectDir, 'etcd', 'healthy'), 'etcd')).toMatchObject({ pid, restarts: 0 });
  });

  test('restart gives a component another process, and only that one', async () => {
    const { projectDir } = await smallCluster();
    const before = await upFrom(projectDir);
    const after = await lastOf(restartComponent(projectDir, 'default', 'kafka'));
    expect(after.state).toBe('healthy');
    expect(componentOf(after, 'kafka').pid).not.toBe(componentOf(before, 'kafka').pid);
    expect(componentOf(after, 'etcd').pid).toBe(componentOf(before, 'etcd').pid);
  });
});

describe('down', () => {
  test('leaves nothing, stops each after those that need it, and a status says down', async () => {
    const { projectDir, dir, log, ended } = await smallCluster();
    await upFrom(projectDir);
    const facts = readFacts(dir);
    expect(leakCheck(facts, ['kafka', 'connect', 'etcd'])).not.toEqual([]);
    expect(await stopCluster(projectDir, 'default', process.env)).toEqual([]);
    expect(await ended).toBe('stopped');
    expect(leakCheck(facts, ['kafka', 'connect', 'etcd'])).toEqual([]);
    const at = (text: string) => log.findIndex(line => line.includes(text));
    expect(at('kafka: healthy -> stopping')).toBeGreaterThan(at('connect: stopping -> off'));
    expect(await readStatus(projectDir, 'default')).toMatchObject({ state: 'down', daemonPid: null });
    expect(await listClusters(projectDir)).toMatchObject([{ name: 'default', state: 'down' }]);
    expect(await stopCluster(projectDir, 'default', process.env)).toEqual([]);
  });

  test('keeps the passwords to this user, and the next up finds ports and passwords as they were', async () => {
    const { projectDir, dir, ended } = await smallCluster();
    await upFrom(projectDir);
    expect(statSync(join(dir, 'secrets.json')).mode & 0o777).toBe(0o600);
    expect(statSync(readLive(dir)!.socket).mode & 0o777).toBe(0o600);
    const before = readFacts(dir);
    await stopCluster(projectDir, 'default', process.env);
    await ended;
    await smallCluster({ projectDir });
    expect(readFacts(dir)).toEqual(before);
  });

  test('what is not running cannot be restarted', async () => {
    const { projectDir, ended } = await smallCluster();
    await stopCluster(projectDir, 'default', process.env);
    await ended;
    const error = await errorOf(() => lastOf(restartComponent(projectDir, 'default', 'etcd')));
    expect(error.code).toBe('GB_CLUSTER_DOWN');
    expect((await errorOf(() => readStatus(projectDir, 'other'))).code).toBe('GB_CLUSTER_MISSING');
  });
});
