/** What the processes of a cluster hold, by component, and whether that grew. Linux only, as native clusters are. */
import { readdirSync, readlinkSync } from 'node:fs';
import { type ClusterProcess, type ClusterRole, clusterProcesses } from '../dev/native/cluster-processes.ts';
import { memoryOf } from '../dev/native/process-usage.ts';

interface Usage {
  /** Proportional share. */
  readonly memoryBytes: number;
  /** Open files, pipes and connections. */
  readonly descriptors: number;
  /** Of those, sockets. */
  readonly sockets: number;
}

export type UsageByRole = Readonly<Partial<Record<ClusterRole, Usage>>>;

export function clusterUsage(id: string): UsageByRole {
  const roles = Map.groupBy(clusterProcesses(id), ({ role }) => role);
  return Object.fromEntries([...roles].map(([role, members]) => [role, usageOf(members)]));
}

function usageOf(members: readonly ClusterProcess[]): Usage {
  const targets = members.flatMap(({ pid }) => descriptorsOf(pid));
  return {
    memoryBytes: members.reduce((sum, { pid }) => sum + memoryOf(pid), 0),
    descriptors: targets.length,
    sockets: targets.filter(target => target.startsWith('socket:')).length,
  };
}

/** `socket:[4711]`, a path; empty of what is gone. */
function descriptorsOf(pid: number): readonly string[] {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder).flatMap(name => linkOf(`${folder}/${name}`));
  } catch {
    return [];
  }
}

function linkOf(path: string): readonly string[] {
  try {
    return [readlinkSync(path)];
  } catch {
    return [];
  }
}

/** Growth that is not held against a component: caches fill, a JVM takes what it may. */
const FACTOR = 1.5;
const SLACK: Usage = { memoryBytes: 150_000_000, descriptors: 60, sockets: 40 };

/** One line for each measure of a component that grew too much. */
export function growth(before: UsageByRole, after: UsageByRole): readonly string[] {
  return Object.entries(after).flatMap(([role, now]) => {
    const was = before[role as ClusterRole];
    return was === undefined ? [] : grown(was, now).map(what => `${role}: ${what}`);
  });
}

function grown(was: Usage, now: Usage): readonly string[] {
  const measures = ['memoryBytes', 'descriptors', 'sockets'] as const;
  return measures
    .filter(measure => now[measure] > FACTOR * was[measure] + SLACK[measure])
    .map(measure => `${measure} ${was[measure]} -> ${now[measure]}`);
}
