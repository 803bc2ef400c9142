/** Whether a fault took down a component that it was not meant for. Pure. */
import type { ClusterStatus, ComponentStatus } from '../dev/cluster-status.ts';
import type { Target } from './fault.ts';

/** Components that were healthy before, and are another process after, one line each. */
export function fallenBystanders(before: ClusterStatus, after: ClusterStatus, target: Target): readonly string[] {
  if (target === 'everything') return [];
  const now = new Map(after.components.map(component => [component.name, component]));
  return before.components
    .filter(({ name, state }) => name !== target && state === 'healthy')
    .flatMap(was => describe(was, now.get(was.name)));
}

function describe({ name, pid, restarts }: ComponentStatus, after: ComponentStatus | undefined): readonly string[] {
  if (after?.pid === pid && after.restarts === restarts) return [];
  return [`${name} was process ${pid}, started again ${restarts} times; now ${after?.pid}, ${after?.restarts} times`];
}
