/**
 * One daemon: takes the cluster's lock, writes down what is durable, takes over what runs, opens the control socket,
 * and supervises until it is told to stop. Engines do not depend on it: killed, it leaves them running for the next
 * one.
 */
import { GoboolError } from '../../../runtime/base/error.ts';
import { removeStaleTemporaries } from '../../../runtime/host/files.ts';
import type { ClusterFacts, Secrets } from '../cluster-facts.ts';
import { CLUSTER_ID_VARIABLE } from '../cluster-facts.ts';
import type { Component, ComponentName } from '../component.ts';
import type { Driver, DriverName, Instance } from '../driver.ts';
import { type ClusterRecord, newRecord, readRecord, writeRecord } from '../state/cluster-record.ts';
import { factsOf } from '../state/facts.ts';
import { lockFile, removeLive } from '../state/live-record.ts';
import { allocatePorts, checkPorts, replaceTaken } from '../state/ports.ts';
import { makeSecrets, readSecrets, writeSecrets } from '../state/secrets.ts';
import { ensureSocketPath } from '../state/socket-path.ts';
import { tryLock } from '../state/try-lock.ts';
import { serveControl } from './control-server.ts';
import { Journal } from './journal.ts';
import type { DaemonOrder } from './order.ts';
import { Supervisor, withNeeds } from './supervisor.ts';

export interface DaemonParts {
  /** Absolute path of the cluster's folder. */
  readonly dir: string;
  readonly order: DaemonOrder;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly components: readonly Component[];
  readonly makeDriver: (name: DriverName) => Promise<Driver>;
  /** Called once the control socket can be reached. */
  readonly onReady: () => void;
  readonly log: (line: string) => void;
  /** Asks it to stop the cluster and end. */
  readonly signal: AbortSignal;
}

/**
 * Resolves with `stopped` when nothing of the cluster runs any more, with `busy` where another daemon lives. Throws,
 * having changed nothing, `GB_CLUSTER_PORT_TAKEN`, `GB_CLUSTER_NEWER`, `GB_CLUSTER_BROKEN`, `GB_CLUSTER_DRIVER`,
 * `GB_PERMISSION`.
 */
export async function runDaemon(parts: DaemonParts): Promise<'stopped' | 'busy'> {
  using lock = tryLock(lockFile(parts.dir));
  if (lock === undefined) return 'busy';
  const { record, facts, driver, running, names } = await settle(parts);
  const supervisor = new Supervisor({ driver, facts, components: parts.components, origins: record.origins });
  const socket = ensureSocketPath(facts.id, parts.env);
  const journal = new Journal({ dir: parts.dir, record, socket, supervisor, log: parts.log });
  const stopping = Promise.withResolvers<void>();
  const allNames = parts.components.map(({ name }) => name);
  {
    await using _server = await serveControl(socket, {
      supervisor,
      up: (only = allNames) => supervisor.up(only),
      down: () => stopping.resolve(),
    });
    supervisor.adopt(running);
    supervisor.up(names);
    journal.write();
    parts.onReady();
    parts.signal.addEventListener('abort', () => stopping.resolve());
    await stopping.promise;
    await supervisor.down();
    await driver.sweep(facts);
    journal.close();
    removeLive(parts.dir);
  }
  return 'stopped';
}

interface Settled {
  readonly record: ClusterRecord;
  readonly facts: ClusterFacts;
  readonly driver: Driver;
  readonly running: ReadonlyMap<ComponentName, Instance>;
  readonly names: readonly ComponentName[];
}

/** Decides what this cluster is and what is to run, and writes that down. */
async function settle({ dir, order, env, components, makeDriver }: DaemonParts): Promise<Settled> {
  const { only = components.map(({ name }) => name), anyPort } = order;
  const known = readRecord(dir);
  removeStaleTemporaries(dir);
  const draft = known ?? (await makeRecord(order, env[CLUSTER_ID_VARIABLE] ?? ''));
  const secrets = secretsOf(dir, known);
  const driver = await makeDriver(draft.driver);
  const running = await findRunning(driver, components, factsOf(dir, draft, secrets));
  const names = withNeeds([...draft.wanted, ...only], components);
  const absent = names.filter(candidate => !running.has(candidate));
  if (!anyPort) await checkPorts(absent, draft.ports);
  const ports = anyPort ? await replaceTaken(absent, draft.ports) : draft.ports;
  const record = { ...draft, ports };
  writeSecrets(dir, secrets);
  writeRecord(dir, record);
  return { record, facts: factsOf(dir, record, secrets), driver, running, names };
}

/** Whoever asks for any port gets none of the usual ones, so as not to be in the way of a cluster that has them. */
async function makeRecord({ name, driver, anyPort }: DaemonOrder, id: string): Promise<ClusterRecord> {
  return newRecord({ id, name, driver, ...(anyPort && { ports: await allocatePorts() }) });
}

/** Data that exists was made with the secrets that exist: they are only made together with the cluster. */
function secretsOf(dir: string, known: ClusterRecord | undefined): Secrets {
  const secrets = readSecrets(dir);
  if (secrets === undefined && known !== undefined)
    throw new GoboolError('GB_CLUSTER_BROKEN', `secrets.json is missing from ${dir}.`);
  return secrets ?? makeSecrets();
}

async function findRunning(driver: Driver, components: readonly Component[], facts: ClusterFacts) {
  const running = new Map<ComponentName, Instance>();
  for (const { name } of components) {
    const instance = await driver.find(name, facts);
    if (instance !== undefined) running.set(name, instance);
  }
  return running;
}
