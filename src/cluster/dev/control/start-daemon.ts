/** Starts the daemon of a cluster: detached, with a log of its own, and marked as part of the cluster. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { errorFromData, GoboolError } from '../../../runtime/base/error.ts';
import { makeFolder, withFileErrors } from '../../../runtime/host/files.ts';
import { CLUSTER_ID_VARIABLE } from '../cluster-facts.ts';
import { logFile } from '../cluster-folder.ts';
import type { DaemonAnswer, DaemonOrder } from '../daemon/order.ts';
import { COMPONENT_VARIABLE } from '../native/cluster-processes.ts';
import { readRecord } from '../state/cluster-record.ts';

/** The program: beside this file among the sources, or where the build puts it. */
const MAIN = import.meta.url.endsWith('.ts')
  ? new URL('../daemon/main.ts', import.meta.url)
  : new URL('cluster/dev/daemon/main.js', import.meta.url.replace(/(.*\/dist\/).*/, '$1'));

/** SQLite, which holds the lock, is stable enough for us. */
const NODE_FLAGS = ['--disable-warning=ExperimentalWarning'];

/**
 * `ready`: it can be asked. `busy`: another one lives already, or is about to end. Throws what kept it from starting:
 * `GB_CLUSTER_PORT_TAKEN`, `GB_CLUSTER_DAEMON` and what `runDaemon` throws.
 */
export async function startDaemon(
  dir: string,
  order: DaemonOrder,
  env: Readonly<Record<string, string | undefined>>,
): Promise<'ready' | 'busy'> {
  // Known before the daemon runs, so that the daemon too carries it from its first instruction on.
  const id = readRecord(dir)?.id ?? `c-${randomBytes(6).toString('hex')}`;
  const file = logFile(dir, 'daemon');
  makeFolder(dirname(file));
  const log = withFileErrors(file, () => openSync(file, 'a'));
  const child = spawn(process.execPath, [...NODE_FLAGS, fileURLToPath(MAIN), dir, JSON.stringify(order)], {
    cwd: dir,
    env: { ...env, [CLUSTER_ID_VARIABLE]: id, [COMPONENT_VARIABLE]: 'daemon' },
    detached: true,
    stdio: ['ignore', log, log, 'pipe'],
  });
  closeSync(log);
  const answer = parse(await text(child.stdio[3] as Readable));
  child.unref();
  if (answer?.type === 'failed') throw errorFromData(answer.error);
  if (answer === undefined) throw new GoboolError('GB_CLUSTER_DAEMON', 'The daemon ended before it answered.');
  return answer.type;
}

function parse(line: string): DaemonAnswer | undefined {
  return line === '' ? undefined : JSON.parse(line);
}
