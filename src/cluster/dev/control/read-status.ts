/** How a cluster is, whether or not a daemon lives. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { GoboolError } from '../../../runtime/base/error.ts';
import { urlOf } from '../addresses.ts';
import { clusterDir } from '../cluster-folder.ts';
import type { ClusterStatus, ComponentStatus, Problem } from '../cluster-status.ts';
import { COMPONENT_NAMES, type ComponentName } from '../component.ts';
import { type ClusterProcess, clusterProcesses } from '../native/cluster-processes.ts';
import { type ClusterRecord, readRecord } from '../state/cluster-record.ts';
import { askDaemon } from './daemon-connection.ts';

/** Throws `GB_CLUSTER_MISSING`, `GB_CLUSTER_NEWER`, `GB_CLUSTER_BROKEN`, and `GB_CLUSTER_DAEMON` where it hangs. */
export async function readStatus(projectDir: string, name: string): Promise<ClusterStatus> {
  const dir = clusterDir(projectDir, name);
  const record = existingRecord(dir, name);
  const reply = await askDaemon(dir, 'GET /status');
  for await (const status of reply?.statuses ?? []) return status;
  return statusWithout(record, statSync(join(dir, 'cluster.json')).mtimeMs);
}

/** Throws `GB_CLUSTER_MISSING`. */
export function existingRecord(dir: string, name: string): ClusterRecord {
  const record = readRecord(dir);
  if (record !== undefined) return record;
  throw new GoboolError('GB_CLUSTER_MISSING', `There is no cluster "${name}" in this project.`);
}

/** Without a daemon. What it left running is told of, since it holds ports and memory. */
function statusWithout(record: ClusterRecord, sinceMs: number): ClusterStatus {
  const { name, id, driver } = record;
  const running = clusterProcesses(id).filter(({ leads }) => leads);
  const components = COMPONENT_NAMES.map(component =>
    componentWithout(
      component,
      record,
      sinceMs,
      running.find(({ role }) => role === component),
    ),
  );
  return { name, id, driver, state: 'down', daemonPid: null, components };
}

const ABANDONED: Problem = {
  code: 'GB_CLUSTER_DAEMON',
  message: 'It runs, but no daemon looks after it.',
  hint: '`gobool cluster up` takes it over; `gobool cluster down` stops it.',
  log: [],
};

function componentWithout(
  name: ComponentName,
  { ports, origins }: ClusterRecord,
  sinceMs: number,
  running: ClusterProcess | undefined,
): ComponentStatus {
  const place = { port: ports[name], url: urlOf(name, ports), origin: origins[name] ?? null };
  const unknown = { memoryBytes: null, cpu: null, probe: null, progress: null, drift: null } as const;
  const known = { name, sinceMs, restarts: 0, tookMs: {}, ...place, ...unknown };
  if (running === undefined) return { ...known, state: 'off', pid: null, problem: null };
  return { ...known, state: 'unhealthy', pid: running.pid, problem: ABANDONED };
}
