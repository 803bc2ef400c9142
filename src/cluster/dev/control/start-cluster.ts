/** `up`: asks the daemon, after starting one where none lives, and tells how the cluster comes up. */
import { setTimeout as pause } from 'node:timers/promises';
import { GoboolError } from '../../../runtime/base/error.ts';
import { clusterDir } from '../cluster-folder.ts';
import type { ClusterStatus } from '../cluster-status.ts';
import type { ComponentName } from '../component.ts';
import type { DriverName } from '../driver.ts';
import { readRecord } from '../state/cluster-record.ts';
import { askDaemon, type DaemonReply } from './daemon-connection.ts';

export interface StartOptions {
  readonly name: string;
  /** `auto`: the cluster's own, else native on Linux and Docker elsewhere. */
  readonly driver: DriverName | 'auto';
  /** These and what they need; absent: all. */
  readonly only?: readonly ComponentName[];
  /** Whether taken ports may be replaced, for good, by free ones. */
  readonly anyPort: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ends the waiting, with its reason; the daemon goes on. */
  readonly signal?: AbortSignal;
}

/** A daemon that is being stopped takes a few seconds. */
const PATIENCE_MS = 20_000;
const RETRY_MS = 50;

/**
 * A status at once, then one a change, until all that was asked for is healthy or something of it failed. Throws
 * `GB_CLUSTER_DAEMON`, `GB_CLUSTER_DRIVER`, and what keeps a daemon from starting.
 */
export async function* startCluster(projectDir: string, options: StartOptions): AsyncGenerator<ClusterStatus> {
  const dir = clusterDir(projectDir, options.name);
  const driver = chooseDriver(options, readRecord(dir)?.driver);
  yield* (await reachDaemon(dir, driver, options)).statuses;
}

async function reachDaemon(dir: string, driver: DriverName, options: StartOptions): Promise<DaemonReply> {
  const { name, only, anyPort, env, signal } = options;
  const body = JSON.stringify({ ...(only && { only }) });
  const deadlineMs = performance.now() + PATIENCE_MS;
  while (performance.now() < deadlineMs) {
    const reply = await askDaemon(dir, 'POST /up', { body, signal });
    if (reply?.code === 200) return reply;
    const { startDaemon } = await import('./start-daemon.ts');
    const order = { name, driver, anyPort, ...(only && { only }) };
    const outcome = reply === undefined ? await startDaemon(dir, order, env) : 'busy';
    if (outcome === 'busy') await pause(RETRY_MS, undefined, { ...(signal && { signal }) });
  }
  throw new GoboolError('GB_CLUSTER_DAEMON', 'Another daemon of this cluster lives, but does not answer.');
}

function chooseDriver({ name, driver }: StartOptions, known: DriverName | undefined): DriverName {
  if (driver === 'auto') return known ?? (process.platform === 'linux' ? 'native' : 'docker');
  if (known === undefined || known === driver) return driver;
  throw new GoboolError('GB_CLUSTER_DRIVER', `Cluster ${name} was made with the driver ${known}, not ${driver}.`);
}
