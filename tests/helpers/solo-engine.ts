/**
 * One engine by itself, in a folder and on ports of its own, for tests that break it or that need only one. It runs
 * without a daemon, so nothing heals it but the test.
 */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { ClusterFacts, Ports } from '../../src/cluster/dev/cluster-facts.ts';
import { DEFAULT_PORTS } from '../../src/cluster/dev/cluster-facts.ts';
import type { Component, ComponentClient } from '../../src/cluster/dev/component.ts';
import type { Instance } from '../../src/cluster/dev/driver.ts';
import { engineCache } from '../../src/cluster/dev/fetch/fetch-context.ts';
import { fetchEngine } from '../../src/cluster/dev/fetch/fetch-engine.ts';
import type { Install } from '../../src/cluster/dev/fetch/install.ts';
import type { NativeEngine } from '../../src/cluster/dev/native/native-engine.ts';
import { launchProcess } from '../../src/cluster/dev/native/native-process.ts';
import { freePorts } from '../../src/cluster/dev/state/ports.ts';
import { temporaryDir } from './temporary-dir.ts';

const STARTED_WITHIN_MS = 20_000;

export const patience = () => AbortSignal.timeout(STARTED_WITHIN_MS);
/** What the daemon gives a check. */
export const checkTime = () => AbortSignal.timeout(1_500);

export interface SoloEngine {
  readonly facts: ClusterFacts;
  readonly install: Install;
  readonly client: ComponentClient;
  readonly logFile: string;
  /** The process that runs now. */
  readonly process: () => Instance;
  /** Prepares and launches it once more, after the one before ended; resolves when it answers. */
  readonly start: () => Promise<void>;
}

/** Answers and has its schema; gone with the test. */
export async function soloEngine(
  engine: NativeEngine,
  component: Component,
  dir = temporaryDir(),
): Promise<SoloEngine> {
  const facts = await soloFacts(dir);
  const install = await installOf(engine);
  const logFile = join(dir, 'log');
  const client = component.open(facts);
  let instance: Instance | undefined;
  const start = async () => {
    await engine.prepare(facts, install, patience());
    instance = await launch(engine, facts, install, logFile);
    await untilAnswers(client);
  };
  onTestFinished(async () => {
    await client.close();
    instance?.kill();
    await instance?.ended;
  });
  await start();
  await client.initialise(patience());
  return { facts, install, client, logFile, start, process: () => instance as Instance };
}

export async function soloFacts(dir: string): Promise<ClusterFacts> {
  const free = await freePorts(Object.keys(DEFAULT_PORTS).length, Object.values(DEFAULT_PORTS));
  const ports = Object.fromEntries(Object.keys(DEFAULT_PORTS).map((name, i) => [name, free[i]])) as unknown as Ports;
  const passwords = ['postgres', 'mongodbAdmin', 'mongodbApp', 'mongodbConnect', 'mongodbKey'];
  const secrets = Object.fromEntries(passwords.map(name => [name, crypto.randomUUID().replaceAll('-', '')])) as never;
  mkdirSync(dir, { recursive: true });
  return {
    id: `c-${crypto.randomUUID().slice(-12)}`,
    name: 'solo',
    dir,
    ports,
    secrets,
    inside: { kafka: `127.0.0.1:${ports.kafka}`, mongodb: `127.0.0.1:${ports.mongodb}` },
  };
}

export const installOf = ({ name }: NativeEngine): Promise<Install> =>
  fetchEngine(name, {
    env: process.env,
    cacheDir: engineCache(process.env),
    onProgress: () => {},
    signal: AbortSignal.timeout(600_000),
  });

function launch(engine: NativeEngine, facts: ClusterFacts, install: Install, logFile: string): Promise<Instance> {
  const { program, args, env, cwd } = engine.launch(facts, install);
  const command = { program, args, env: { PATH: process.env.PATH ?? '', ...env }, cwd: cwd ?? facts.dir, logFile };
  return launchProcess(command, { stopSignal: engine.stopSignal ?? 'SIGTERM', graceMs: engine.stopGraceMs });
}

async function untilAnswers(client: ComponentClient): Promise<void> {
  const deadline = patience();
  for (;;) {
    try {
      return await client.check(checkTime());
    } catch (error) {
      if (deadline.aborted) throw error;
      await pause(50);
    }
  }
}

/** As a crash does: only the process itself, not what it started. */
export async function crash(instance: Instance): Promise<void> {
  process.kill(instance.pid, 'SIGKILL');
  await instance.ended;
}

/** Resolves once none of its threads runs any more; a signal is only on its way when `kill` returns. */
export async function freeze({ pid }: Instance): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  const isStopped = (thread: string) => / [tT] /.test(readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8'));
  while (!readdirSync(`/proc/${pid}/task`).every(isStopped)) await pause(5);
}

export const thaw = ({ pid }: Instance) => process.kill(pid, 'SIGCONT');
