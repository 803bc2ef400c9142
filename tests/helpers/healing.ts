/**
 * Every component of a cluster is killed, then paused: it is named, with its code, and comes back by itself. Prints a
 * table.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ComponentStatus } from '../../src/cluster/dev/cluster-status.ts';
import type { ComponentName } from '../../src/cluster/dev/component.ts';
import { readStatus } from '../../src/cluster/dev/control/read-status.ts';
import { startCluster } from '../../src/cluster/dev/control/start-cluster.ts';
import { componentOf, lastOf } from './small-cluster.ts';
import { clusterProject } from './test-cluster.ts';

const NAMED_WITHIN_MS = 5000;

export function testHealing(names: readonly ComponentName[], projectName: string): void {
  const rows: Record<string, Record<string, string>> = {};
  let project: string;
  beforeAll(() => {
    project = clusterProject(projectName);
  });
  afterAll(() => console.table(rows));

  const up = () =>
    lastOf(startCluster(project, { name: 'default', driver: 'auto', only: names, anyPort: false, env: process.env }));

  /** Resolves to how the component is then, and how long that took. */
  const until = async (name: ComponentName, isSo: (component: ComponentStatus) => boolean) => {
    const startMs = performance.now();
    for (;;) {
      const component = componentOf(await readStatus(project, 'default'), name);
      if (isSo(component)) return { component, tookMs: performance.now() - startMs };
      await pause(20);
    }
  };

  /** One that depends on it may still be on its way back; the next test begins with all of them. */
  const healthy = async (name: ComponentName): Promise<ComponentStatus & { readonly pid: number }> => {
    const { pid, ...rest } = componentOf(await up(), name);
    expect(rest).toMatchObject({ state: 'healthy', problem: null });
    return { ...rest, pid: pid ?? 0 };
  };

  const note = (name: ComponentName, facts: Record<string, string>) => {
    rows[name] = { ...rows[name], ...facts };
  };

  describe.each(names)('%s', name => {
    test('killed, is started again and proves itself', async () => {
      const before = await healthy(name);
      process.kill(before.pid, 'SIGKILL');
      const named = await until(name, ({ state }) => state !== 'healthy');
      const { tookMs } = await until(name, ({ state }) => state === 'healthy');
      const after = await healthy(name);
      expect(named.tookMs).toBeLessThan(NAMED_WITHIN_MS);
      expect(after.pid).not.toBe(before.pid);
      expect(after.restarts).toBe(before.restarts + 1);
      note(name, { 'killed, named after': seconds(named.tookMs), 'healthy again after': seconds(tookMs) });
    });

    test('paused, is unhealthy within 5 s with its own code, and healthy when it goes on', async () => {
      const before = await healthy(name);
      process.kill(-before.pid, 'SIGSTOP');
      const named = await until(name, ({ state }) => state === 'unhealthy');
      process.kill(-before.pid, 'SIGCONT');
      expect(named.tookMs).toBeLessThan(NAMED_WITHIN_MS);
      expect(named.component.problem?.code).toBe(`GB_PROBE_${name.toUpperCase()}`);
      const { tookMs } = await until(name, ({ state }) => state === 'healthy');
      const after = await healthy(name);
      expect({ pid: after.pid, restarts: after.restarts }).toEqual({ pid: before.pid, restarts: before.restarts });
      note(name, { 'paused, named after': seconds(named.tookMs), 'well again after': seconds(tookMs) });
      note(name, { code: named.component.problem?.code ?? '', evidence: after.probe?.message ?? '' });
    });
  });
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
