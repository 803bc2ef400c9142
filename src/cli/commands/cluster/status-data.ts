/** The status of a cluster as JSON. Additive: a name keeps its meaning for ever. Times are ISO 8601, UTC. */
import type { ClusterStatus, ComponentStatus } from '../../../cluster/dev/cluster-status.ts';
import { timeJson } from '../../../runtime/report/format.ts';

export function statusData({ name, id, state, driver, daemonPid, components }: ClusterStatus) {
  return { name, id, state, driver, daemonPid, components: components.map(componentData) };
}

function componentData({ origin, sinceMs, probe, needs: _, ...component }: ComponentStatus) {
  const { name, state, pid, port, url, memoryBytes, restarts, ...more } = component;
  return {
    ...{ name, state, pid, port, url, version: origin?.version ?? null, memoryBytes, restarts },
    since: timeJson(sinceMs),
    route: origin?.route ?? null,
    location: origin?.location ?? null,
    ...more,
    probe: probe && { ok: probe.ok, message: probe.message, at: timeJson(probe.atMs) },
  };
}
