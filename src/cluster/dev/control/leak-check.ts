/** What a cluster that was taken down left behind, looked for in the kernel and on the disk. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterFacts } from '../cluster-facts.ts';
import { COMPONENT_NAMES, type ComponentName } from '../component.ts';
import { clusterProcesses, processText } from '../native/cluster-processes.ts';
import { liveFile, lockFile } from '../state/live-record.ts';
import { portOwner } from '../state/port-owner.ts';
import { portsOf } from '../state/ports.ts';
import { tryLock } from '../state/try-lock.ts';

/**
 * One line each: processes, listening sockets, a held lock, files of a daemon. Empty after a clean `down`. Only ports
 * of `names`, which ran, are looked at, and not those on which another cluster listens by now.
 */
export function leakCheck(
  { id, dir, ports }: ClusterFacts,
  names: readonly ComponentName[] = COMPONENT_NAMES,
): readonly string[] {
  const processes = clusterProcesses(id).map(found => `process ${processText(found)} (${found.role})`);
  const listeners = names.flatMap(name => portsOf(name, ports)).flatMap(listenerOn);
  const files = [liveFile(dir), ...temporariesIn(dir)].filter(file => existsSync(file)).map(file => `file ${file}`);
  return [...processes, ...listeners, ...files, ...heldLock(dir)];
}

function listenerOn(port: number): readonly string[] {
  const owner = portOwner(port);
  return owner === undefined || owner.isCluster ? [] : [`port ${port}: ${owner.program} ${owner.pid}`];
}

function heldLock(dir: string): readonly string[] {
  using lock = tryLock(lockFile(dir));
  return lock === undefined ? [`lock ${lockFile(dir)}`] : [];
}

const temporariesIn = (dir: string) =>
  readdirSync(dir)
    .filter(name => name.startsWith('.tmp-') || name.endsWith('-journal'))
    .map(name => join(dir, name));
