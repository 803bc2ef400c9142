import type { ClusterStatus } from '../../../cluster/dev/cluster-status.ts';
import type { ComponentName } from '../../../cluster/dev/component.ts';

/** Whether what was asked for works, with all that it needs; what else there is may be in trouble of its own. */
export function isUp({ state, components }: ClusterStatus, only: readonly ComponentName[] | undefined): boolean {
  if (only === undefined) return state === 'healthy';
  const asked = new Set(only);
  for (const name of asked)
    for (const needed of components.find(it => it.name === name)?.needs ?? []) asked.add(needed);
  return components.every(component => component.state === 'healthy' || !asked.has(component.name));
}
