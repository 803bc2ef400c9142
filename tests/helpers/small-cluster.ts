/** A daemon in the test's own process, over small programs. Whatever runs at the end of the test is stopped. */
import { mkdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { clusterDir } from '../../src/cluster/dev/cluster-folder.ts';
import type { ClusterStatus, ComponentStatus } from '../../src/cluster/dev/cluster-status.ts';
import type { Component, ComponentName, ComponentState } from '../../src/cluster/dev/component.ts';
import { readStatus } from '../../src/cluster/dev/control/read-status.ts';
import { type StartOptions, startCluster } from '../../src/cluster/dev/control/start-cluster.ts';
import { runDaemon } from '../../src/cluster/dev/daemon/daemon.ts';
import { type Programs, smallComponent, smallDriver } from './small-engines.ts';
import { temporaryDir } from './temporary-dir.ts';

export interface SmallCluster {
  readonly projectDir?: string;
  /** Default: kafka, connect, which needs it, and etcd. */
  readonly components?: readonly Component[];
  readonly programs?: Programs;
  readonly only?: readonly ComponentName[];
  readonly anyPort?: boolean;
}

const COMPONENTS = [smallComponent('kafka'), smallComponent('connect', { needs: ['kafka'] }), smallComponent('etcd')];

export const makeId = (): string => `c-${crypto.randomUUID().slice(-12)}`;

/** Resolves when its socket can be reached, or when it has ended. Throws what it throws. */
export async function smallCluster(given: SmallCluster = {}) {
  const { projectDir = temporaryDir(), components = COMPONENTS, programs, only, anyPort = true } = given;
  const dir = clusterDir(projectDir, 'default');
  mkdirSync(dir, { recursive: true });
  const stop = new AbortController();
  const ready = Promise.withResolvers<void>();
  const log: string[] = [];
  const ended = runDaemon({
    dir,
    order: { name: 'default', driver: 'native', anyPort, ...(only && { only }) },
    env: { GOBOOL_CLUSTER_ID: makeId(), XDG_RUNTIME_DIR: temporaryDir() },
    components,
    makeDriver: async () => smallDriver(programs),
    onReady: ready.resolve,
    log: line => void log.push(line),
    signal: stop.signal,
  });
  onTestFinished(async () => {
    stop.abort();
    await ended.catch(() => undefined);
  });
  await Promise.race([ready.promise, ended]);
  return { projectDir, dir, log, ended };
}

/** The last status of an `up` of the three components. */
export function upFrom(projectDir: string, options: Partial<StartOptions> = {}): Promise<ClusterStatus> {
  const usual: StartOptions = { name: 'default', driver: 'auto', anyPort: false, env: process.env };
  return lastOf(startCluster(projectDir, { ...usual, only: COMPONENTS.map(({ name }) => name), ...options }));
}

export async function lastOf(statuses: AsyncIterable<ClusterStatus>): Promise<ClusterStatus> {
  let last: ClusterStatus | undefined;
  for await (const status of statuses) last = status;
  return last!;
}

export const componentOf = ({ components }: ClusterStatus, wanted: ComponentName): ComponentStatus =>
  components.find(({ name }) => name === wanted)!;

export async function untilState(
  projectDir: string,
  name: ComponentName,
  state: ComponentState,
): Promise<ClusterStatus> {
  for (;;) {
    const status = await readStatus(projectDir, 'default');
    if (componentOf(status, name).state === state) return status;
    await pause(20);
  }
}
