import type { ClusterStatus } from '../../../cluster/dev/cluster-status.ts';
import type { ComponentName } from '../../../cluster/dev/component.ts';

/** Whether what was asked for works, with all that it needs; what else there is may be in trouble of its own. */
export function isUp(status: ClusterStatus, only: readonly ComponentName[] | undefined): boolean {
  if (only === undefined) return status.state === 'healthy';
  const asked = withNeeds(status, only);
  return status.components.every(component => component.state === 'healthy' || !asked.has(component.name));
}

export function withNeeds({ components }: ClusterStatus, only: readonly ComponentName[]): ReadonlySet<ComponentName> {
  const asked = new Set(only);
  for (const name of asked)
    for (const needed of components.find(it => it.name === name)?.needs ?? []) asked.add(needed);
  return asked;
}
