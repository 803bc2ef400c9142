/** A cluster in containers without a daemon: the driver by itself, and the components' own clients. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type ClusterFacts, DEFAULT_PORTS, type Ports } from '../../src/cluster/dev/cluster-facts.ts';
import type { ComponentClient, EngineName } from '../../src/cluster/dev/component.ts';
import { COMPONENTS } from '../../src/cluster/dev/components.ts';
import { dockerDriver } from '../../src/cluster/dev/docker/docker-driver.ts';
import type { Driver, Instance } from '../../src/cluster/dev/driver.ts';
import { newRecord } from '../../src/cluster/dev/state/cluster-record.ts';
import { factsOf } from '../../src/cluster/dev/state/facts.ts';
import { freePorts } from '../../src/cluster/dev/state/ports.ts';
import { makeSecrets } from '../../src/cluster/dev/state/secrets.ts';
import { removeVolumes } from './docker-objects.ts';

const NEVER = new AbortController().signal;
const HEALTHY_WITHIN_MS = 120_000;

export interface DockerCluster {
  readonly facts: ClusterFacts;
  readonly driver: Driver<EngineName>;
  /** By which Docker finds everything of it. */
  readonly label: string;
  /** What runs now. */
  readonly running: Map<EngineName, Instance>;
  /** Fetches, starts, initialises and probes them at once; resolves with the evidence of each. */
  readonly up: (names: readonly EngineName[]) => Promise<Readonly<Partial<Record<EngineName, string>>>>;
  /** Takes it away with its data. */
  readonly end: () => Promise<void>;
}

export async function dockerCluster(): Promise<DockerCluster> {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'gobool-docker-')));
  const id = `c-${crypto.randomUUID().slice(-12)}`;
  const record = { ...newRecord({ id, name: 'docker', driver: 'docker' }), ports: await ports() };
  const facts = factsOf(dir, record, makeSecrets());
  const driver = dockerDriver(process.env);
  const running = new Map<EngineName, Instance>();
  const label = `gobool.cluster=${id}`;
  const end = async () => {
    await driver.sweep(facts);
    await removeVolumes(label);
    rmSync(dir, { recursive: true });
  };

  const start = async (name: EngineName) => {
    await driver.fetch(name, () => {}, NEVER);
    const instance = await driver.start(name, facts, NEVER);
    running.set(name, instance);
    return [name, await proved(name, facts, instance)] as const;
  };
  const up = async (names: readonly EngineName[]) => Object.fromEntries(await Promise.all(names.map(start)));
  return { facts, driver, label, running, up, end };
}

async function ports(): Promise<Ports> {
  const names = Object.keys(DEFAULT_PORTS);
  const free = await freePorts(names.length, []);
  return Object.fromEntries(names.map((name, i) => [name, free[i]])) as unknown as Ports;
}

/** What the daemon does with a component that was started. */
async function proved(name: EngineName, facts: ClusterFacts, { ended }: Instance): Promise<string> {
  const component = COMPONENTS.find(candidate => candidate.name === name)!;
  const client = component.open(facts);
  try {
    const died = ended.then(how => Promise.reject(new Error(`${name} ended: ${how}`)));
    return await Promise.race([died, evidenceOf(client)]);
  } finally {
    await client.close();
  }
}

async function evidenceOf(client: ComponentClient): Promise<string> {
  const deadline = AbortSignal.timeout(HEALTHY_WITHIN_MS);
  for (;;) {
    try {
      await client.check(AbortSignal.timeout(1_500));
      await client.initialise(AbortSignal.timeout(30_000));
      return await client.probe(AbortSignal.timeout(15_000));
    } catch (error) {
      if (deadline.aborted) throw error;
      await pause(200);
    }
  }
}
