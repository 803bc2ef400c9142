/** The containers and networks of a cluster, found by label. */
import type { ClusterFacts } from '../cluster-facts.ts';
import type { EngineName } from '../component.ts';
import { type EngineApi, withLabels } from './engine-api.ts';
import { clusterLabels, componentLabels } from './labels.ts';

export interface Container {
  readonly Id: string;
  readonly Names: readonly string[];
  /** `running`, `paused`, `exited` and more. */
  readonly State: string;
}

const STOPPED = 304;
const GONE = 404;
const UNDER_WAY = 409;

/** One, unless somebody copied it by hand. */
export async function componentContainers(
  engine: EngineApi,
  name: EngineName,
  facts: ClusterFacts,
): Promise<readonly Container[]> {
  return (await engine.call(
    'GET',
    `/containers/json?all=1&${withLabels(componentLabels(name, facts))}`,
  )) as Container[];
}

/** Asks it to end, insists after the grace, and removes it. */
export async function endContainer(engine: EngineApi, id: string, graceMs: number): Promise<void> {
  const tolerated = [STOPPED, GONE];
  await engine.call('POST', `/containers/${id}/stop?t=${Math.ceil(graceMs / 1000)}`, { tolerated });
  await removeContainer(engine, id);
}

/** Also where it runs, by SIGKILL. Volumes with a name stay. */
export async function removeContainer(engine: EngineApi, id: string): Promise<void> {
  await engine.call('DELETE', `/containers/${id}?force=1&v=1`, { tolerated: [GONE, UNDER_WAY] });
}

/** Leaves it where a container still uses it. */
export async function removeNetwork(engine: EngineApi, facts: ClusterFacts): Promise<void> {
  const networks = (await engine.call('GET', `/networks?${withLabels(clusterLabels(facts))}`)) as { Id: string }[];
  const tolerated = [403, GONE, UNDER_WAY];
  await Promise.all(networks.map(({ Id }) => engine.call('DELETE', `/networks/${Id}`, { tolerated })));
}
