/** Does to the processes of a cluster what a fault says. The cluster runs natively, under its daemon. */
import { setTimeout as pause } from 'node:timers/promises';
import { assert } from '../../runtime/base/assert.ts';
import type { ComponentName } from '../dev/component.ts';
import { restartComponent } from '../dev/control/restart-component.ts';
import { startCluster } from '../dev/control/start-cluster.ts';
import { type ClusterProcess, type ClusterRole, clusterProcesses } from '../dev/native/cluster-processes.ts';
import { isRunning } from '../dev/native/process-table.ts';
import { DOWN_MS, type Fault, STOP_MS } from './fault.ts';

/** The cluster under test. */
export interface Victim {
  readonly projectDir: string;
  readonly name: string;
  readonly id: string;
  /** What runs of it. */
  readonly components: readonly ComponentName[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ends whatever waits; a process that was stopped goes on first. */
  readonly signal: AbortSignal;
}

/** Resolves when the fault is gone, to the processes that cannot have outlived it. */
export async function injectFault({ target, kind }: Fault, victim: Victim): Promise<readonly ClusterProcess[]> {
  if (target === 'everything') return await killEverything(victim);
  const family = processesOf(victim, target);
  switch (kind) {
    case 'kill':
      killLeader(family);
      return family;
    case 'stop':
      await standStill(family, STOP_MS, victim.signal);
      return [];
    case 'down':
      await standStill(processesOf(victim, 'daemon'), DOWN_MS, victim.signal, () => killLeader(family));
      return family;
    case 'restart':
      for await (const _ of restartComponent(victim.projectDir, victim.name, target, victim.signal));
      return family;
  }
}

const processesOf = ({ id }: Victim, wanted: ClusterRole): readonly ClusterProcess[] =>
  clusterProcesses(id).filter(({ role }) => role === wanted);

/** As a crash does: only the process itself, not what it started. */
function killLeader(family: readonly ClusterProcess[]): void {
  const leader = family.find(({ leads }) => leads);
  assert(leader !== undefined, 'a component that is healthy runs');
  send(leader, 'SIGKILL');
}

/** `meanwhile` runs when all stand still. */
async function standStill(
  family: readonly ClusterProcess[],
  forMs: number,
  signal: AbortSignal,
  meanwhile: () => void = () => {},
): Promise<void> {
  try {
    for (const member of family) send(member, 'SIGSTOP');
    meanwhile();
    await pause(forMs, undefined, { signal });
  } finally {
    for (const member of family) send(member, 'SIGCONT');
  }
}

async function killEverything(victim: Victim): Promise<readonly ClusterProcess[]> {
  const { projectDir, name, components: only, env, signal } = victim;
  const all = clusterProcesses(victim.id);
  for (const member of all) send(member, 'SIGKILL');
  for await (const _ of startCluster(projectDir, { name, driver: 'auto', only, anyPort: false, env, signal }));
  return all;
}

function send(member: ClusterProcess, signal: NodeJS.Signals): void {
  if (isRunning(member)) process.kill(member.pid, signal);
}
