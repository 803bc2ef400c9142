/** `down`, which always works: with a daemon, without one, and with one that hangs. */
import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { GoboolError } from '../../../runtime/base/error.ts';
import { removeStaleTemporaries } from '../../../runtime/host/files.ts';
import { clusterDir } from '../cluster-folder.ts';
import { makeDriver } from '../make-driver.ts';
import { clusterProcesses } from '../native/cluster-processes.ts';
import { isRunning } from '../native/process-table.ts';
import { type ClusterRecord, writeRecord } from '../state/cluster-record.ts';
import { readFacts } from '../state/facts.ts';
import { lockFile, readLive, removeLive } from '../state/live-record.ts';
import { tryLock } from '../state/try-lock.ts';
import { askDaemon } from './daemon-connection.ts';
import { existingRecord } from './read-status.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Engines may take their grace, one wave after the other. */
const PATIENCE_MS = 30_000;
const RETRY_MS = 20;

/**
 * Resolves when nothing of the cluster runs any more. Returns what no daemon looked after and had to be found, `java
 * 4711` each. Throws `GB_CLUSTER_MISSING`, and `GB_CLUSTER_DAEMON` where the daemon cannot be ended.
 */
export async function stopCluster(projectDir: string, name: string, env: Environment): Promise<readonly string[]> {
  const dir = clusterDir(projectDir, name);
  const record = existingRecord(dir, name);
  const hadDaemon = await stopDaemon(dir);
  using _lock = await lockOf(dir);
  const found = await sweep(dir, record, hadDaemon, env);
  const socket = readLive(dir)?.socket;
  if (socket !== undefined) rmSync(socket, { force: true });
  removeLive(dir);
  removeStaleTemporaries(dir);
  writeRecord(dir, { ...existingRecord(dir, name), wanted: [] });
  return found;
}

/** Whether a daemon was asked to stop the cluster. One that hangs is killed; whatever it looked after is swept up. */
async function stopDaemon(dir: string): Promise<boolean> {
  const reply = await askDaemon(dir, 'POST /down').catch(error => {
    if (!isDaemonError(error)) throw error;
    const daemon = readLive(dir)?.daemon;
    if (daemon !== undefined && isRunning(daemon)) process.kill(daemon.pid, 'SIGKILL');
  });
  try {
    for await (const _ of reply?.statuses ?? []);
  } catch (error) {
    // It died meanwhile, and no longer holds the lock.
    if (!isDaemonError(error)) throw error;
  }
  return reply !== undefined;
}

const isDaemonError = (error: unknown) => error instanceof GoboolError && error.code === 'GB_CLUSTER_DAEMON';

/** The lock is free once the daemon is gone; with it no other one starts meanwhile. */
async function lockOf(dir: string): Promise<Disposable> {
  const daemon = readLive(dir)?.daemon;
  for (const endMs = performance.now() + PATIENCE_MS; performance.now() < endMs; await pause(RETRY_MS)) {
    if (daemon !== undefined && isRunning(daemon)) continue;
    const lock = tryLock(lockFile(dir));
    if (lock !== undefined) return lock;
  }
  throw new GoboolError('GB_CLUSTER_DAEMON', 'The daemon of the cluster does not end.');
}

/** A daemon that stopped in good order has swept already. */
async function sweep(dir: string, { id, driver }: ClusterRecord, hadDaemon: boolean, env: Environment) {
  const isClean = driver === 'native' ? clusterProcesses(id).length === 0 : hadDaemon;
  return isClean ? [] : await (await makeDriver(driver, env)).sweep(readFacts(dir));
}
