/**
 * Finds the processes of a cluster by what stands in their environment, whoever started them and whether or not anybody
 * wrote down their number. Limitation: PostgreSQL's children overwrite their environment; they are found as
 * descendants.
 */
import { CLUSTER_ID_VARIABLE } from '../cluster-facts.ts';
import type { ComponentName } from '../component.ts';
import { environmentOf, familyOf, listProcesses, type ProcessFacts, programOf } from './process-table.ts';

/** Says which part of the cluster a process is: a component, or the daemon and its helpers. */
export const COMPONENT_VARIABLE = 'GOBOOL_COMPONENT';

export type ClusterRole = ComponentName | 'daemon';

export interface ClusterProcess extends ProcessFacts {
  readonly role: ClusterRole;
  /** It was launched in this role: it leads its process group, and nothing of its role started it. */
  readonly leads: boolean;
  /** `java`, `postgres`. */
  readonly program: string;
}

/** Every process of the cluster but this one. */
export function clusterProcesses(id: string): readonly ClusterProcess[] {
  const table = listProcesses().filter(({ pid }) => pid !== process.pid);
  const roles = new Map(table.flatMap(({ pid }) => roleIn(environmentOf(pid), id).map(role => [pid, role] as const)));
  for (const [pid, role] of [...roles])
    if (role !== 'daemon') for (const member of familyOf(pid, table)) roles.set(member.pid, role);
  return table.flatMap(facts => {
    const { pid, groupId, parentPid } = facts;
    const role = roles.get(pid);
    const leads = pid === groupId && roles.get(parentPid) !== role;
    return role === undefined ? [] : [{ ...facts, role, leads, program: programOf(pid) }];
  });
}

/** `java 4711` */
export const processText = ({ program, pid }: ClusterProcess): string => `${program} ${pid}`;

/** One, or none where the environment is not that of the cluster. Whatever has the id and no role is a helper. */
function roleIn(environment: readonly string[], id: string): readonly ClusterRole[] {
  if (!environment.includes(`${CLUSTER_ID_VARIABLE}=${id}`)) return [];
  const prefix = `${COMPONENT_VARIABLE}=`;
  const role = environment.find(text => text.startsWith(prefix))?.slice(prefix.length) ?? 'daemon';
  return [role as ClusterRole];
}
