/**
 * Who listens on a port of this machine, as far as the kernel lets us see: /proc/net/tcp, then the open files of
 * processes.
 */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { CLUSTER_ID_VARIABLE } from '../cluster-facts.ts';
import { environmentOf, processIds, programOf } from '../native/process-table.ts';

export interface PortOwner {
  readonly pid: number;
  readonly program: string;
  /** It carries the id of some cluster. */
  readonly isCluster: boolean;
}

const LISTENING = '0A';

/** Undefined where nobody listens, or a process of another user does. */
export function portOwner(port: number): PortOwner | undefined {
  const sockets = new Set(['tcp', 'tcp6'].flatMap(table => listenersIn(table, port)));
  if (sockets.size === 0) return;
  const pid = processIds().find(candidate => linksOf(candidate).some(link => sockets.has(link)));
  if (pid === undefined) return;
  const isCluster = environmentOf(pid).some(text => text.startsWith(`${CLUSTER_ID_VARIABLE}=`));
  return { pid, program: programOf(pid), isCluster };
}

/** Links of the sockets, `socket:[4711]`, as they stand among the open files of their process. */
function listenersIn(table: string, port: number): readonly string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return readLines(`/proc/net/${table}`)
    .map(line => line.trim().split(/\s+/))
    .filter(fields => fields[1]?.endsWith(suffix) && fields[3] === LISTENING)
    .map(fields => `socket:[${fields[9]}]`);
}

function readLines(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}

function linksOf(pid: number): readonly string[] {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder).flatMap(name => linkOf(`${folder}/${name}`));
  } catch {
    return [];
  }
}

function linkOf(file: string): readonly string[] {
  try {
    return [readlinkSync(file)];
  } catch {
    return [];
  }
}
