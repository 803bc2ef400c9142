/**
 * The run in which a JVM writes its class archive: on scratch data and free ports, through its real work, then stopped,
 * since it writes at its end. Processes of the run carry an id of their own by which the next attempt ends what a
 * killed one left.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CLUSTER_ID_VARIABLE, type ClusterFacts, DEFAULT_PORTS, type Ports } from '../cluster-facts.ts';
import type { Component, ComponentClient } from '../component.ts';
import type { Instance } from '../driver.ts';
import type { Install } from '../fetch/install.ts';
import { freePorts } from '../state/ports.ts';
import { clusterProcesses } from './cluster-processes.ts';
import type { NativeEngine } from './native-engine.ts';
import { launchProcess } from './native-process.ts';

export interface TrainingPart {
  readonly engine: NativeEngine;
  readonly component: Component;
  readonly install: Install;
}

const TRAINING_MS = 90_000;
const WORK_MS = 5000;
const CHECK_MS = 1500;
const CHECK_PAUSE_MS = 100;
/** A JVM needs seconds to write its archive. */
const WRITING_MS = 60_000;

const PORT_NAMES = Object.keys(DEFAULT_PORTS) as readonly (keyof Ports)[];

/** Runs the parts one after another in `dir`; the last one writes the archive. Needs `dir` for itself. */
export async function train(
  parts: readonly TrainingPart[],
  archive: string,
  dir: string,
  callerSignal: AbortSignal,
): Promise<void> {
  const signal = AbortSignal.any([callerSignal, AbortSignal.timeout(TRAINING_MS)]);
  const facts = await scratchFacts(dir);
  const running: Instance[] = [];
  for (const { pid } of clusterProcesses(facts.id)) process.kill(pid, 'SIGKILL');
  await rm(dir, { recursive: true, force: true });
  await mkdir(dir, { recursive: true });
  try {
    for (const part of parts) {
      const flags = part === parts.at(-1) ? [`-XX:ArchiveClassesAtExit=${archive}`] : [];
      const instance = await start(part, facts, flags, signal);
      running.push(instance);
      signal.addEventListener('abort', instance.kill);
      await exercise(part.component.open(facts), AbortSignal.any([signal, endOf(instance)]));
    }
    await running.at(-1)?.stop();
    signal.throwIfAborted();
    if (!existsSync(archive)) throw new Error('the JVM wrote none');
  } finally {
    for (const instance of running) instance.kill();
    await Promise.all(running.map(instance => instance.stop()));
    await rm(dir, { recursive: true, force: true });
  }
}

/** Aborts when the process ends. */
function endOf({ ended }: Instance): AbortSignal {
  const end = new AbortController();
  ended.then(how => end.abort(new Error(`the JVM ended early: ${how}`)));
  return end.signal;
}

async function scratchFacts(dir: string): Promise<ClusterFacts> {
  const free = await freePorts(PORT_NAMES.length, []);
  const ports = Object.fromEntries(PORT_NAMES.map((name, i) => [name, free[i]])) as Record<keyof Ports, number>;
  const unused = 'unused';
  return {
    id: `training-${createHash('sha256').update(dir).digest('hex').slice(0, 12)}`,
    name: 'training',
    dir,
    ports,
    secrets: {
      postgres: unused,
      mongodbAdmin: unused,
      mongodbApp: unused,
      mongodbConnect: unused,
      mongodbKey: unused,
    },
    inside: { kafka: `127.0.0.1:${ports.kafka}`, mongodb: `127.0.0.1:${ports.mongodb}` },
  };
}

async function start(
  { engine, install }: TrainingPart,
  facts: ClusterFacts,
  flags: readonly string[],
  signal: AbortSignal,
): Promise<Instance> {
  await engine.prepare(facts, install, signal);
  const { program, args, env, cwd = facts.dir } = engine.launch(facts, install);
  const { PATH = '', HOME = facts.dir } = process.env;
  const command = {
    program,
    args: [...flags, ...args],
    env: { PATH, HOME, ...env, [CLUSTER_ID_VARIABLE]: facts.id },
    cwd,
    logFile: join(facts.dir, `${engine.name}.log`),
  };
  return await launchProcess(command, { stopSignal: 'SIGTERM', graceMs: WRITING_MS });
}

/** As far as it goes: Connect cannot do all of its work without MongoDB. */
async function exercise(client: ComponentClient, signal: AbortSignal): Promise<void> {
  try {
    while (!(await answers(client, signal))) {
      signal.throwIfAborted();
      await pause(CHECK_PAUSE_MS);
    }
    const work = AbortSignal.any([signal, AbortSignal.timeout(WORK_MS)]);
    await client
      .initialise(work)
      .then(() => client.probe(work))
      .catch(() => {});
  } finally {
    await client.close();
  }
}

const answers = (client: ComponentClient, signal: AbortSignal) =>
  client.check(AbortSignal.any([signal, AbortSignal.timeout(CHECK_MS)])).then(
    () => true,
    () => false,
  );
