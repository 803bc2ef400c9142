/**
 * Runs the engines in containers: the topology of the native driver, by a Compose file that is written into the
 * cluster's folder. Compose makes network, volumes and containers; what it made is watched, stopped and removed over
 * the engine's own interface. Containers and the network end with the cluster, volumes with the data.
 */
import type { ClusterFacts } from '../cluster-facts.ts';
import { logFile } from '../cluster-folder.ts';
import { ENGINE_NAMES, type EngineName } from '../component.ts';
import type { Driver } from '../driver.ts';
import { containerInstance } from './container-instance.ts';
import { type Container, componentContainers, endContainer, removeNetwork } from './containers.ts';
import type { EngineApi } from './engine-api.ts';
import { type Docker, findDocker } from './find-docker.ts';
import { fetchImage } from './image-store.ts';
import type { Environment } from './images.ts';
import { DOCKER_SERVICES } from './services/index.ts';
import { startContainer } from './start-container.ts';

/** Needs no Docker before it is used; then every method throws `GB_DOCKER_UNAVAILABLE` where there is none. */
export function dockerDriver(env: Environment): Driver<EngineName> {
  let found: Promise<Docker> | undefined;
  const docker = async () => {
    found ??= findDocker(env);
    found.catch(() => (found = undefined));
    return found;
  };
  const inTurn = oneAtATime();
  const instanceOf = ({ engine }: Docker, { Id }: Container, name: EngineName, facts: ClusterFacts) =>
    containerInstance(engine, Id, logFile(facts.dir, name), {
      graceMs: DOCKER_SERVICES[name].stopGraceMs,
      tidy: () => inTurn(() => removeNetwork(engine, facts)),
    });

  return {
    name: 'docker',
    fetch: async (name, onProgress, signal) => fetchImage(name, { docker: await docker(), env, onProgress, signal }),
    async start(name, facts, signal) {
      const found = await docker();
      const container = await inTurn(() => startContainer(name, facts, { docker: found, env, signal }));
      return instanceOf(found, container, name, facts);
    },
    async find(name, facts) {
      const found = await docker();
      const containers = await componentContainers(found.engine, name, facts);
      const alive = containers.find(({ State }) => State === 'running' || State === 'paused');
      return alive && instanceOf(found, alive, name, facts);
    },
    async sweep(facts) {
      const { engine } = await docker();
      const ended = await endContainers(engine, facts);
      await inTurn(() => removeNetwork(engine, facts));
      return ended.map(({ Names: [name = ''] }) => `container ${name.replace('/', '')}`);
    },
    logFile: (name, facts) => logFile(facts.dir, name),
  };
}

/** Those that need others end first. */
async function endContainers(engine: EngineApi, facts: ClusterFacts): Promise<readonly Container[]> {
  const isFirst = (name: EngineName) => name === 'streams' || name === 'connect';
  const end = async (name: EngineName) => {
    const containers = await componentContainers(engine, name, facts);
    for (const { Id } of containers) await endContainer(engine, Id, DOCKER_SERVICES[name].stopGraceMs);
    return containers;
  };
  const first = await Promise.all(ENGINE_NAMES.filter(isFirst).map(end));
  const rest = await Promise.all(ENGINE_NAMES.filter(name => !isFirst(name)).map(end));
  return [...first, ...rest].flat();
}

/** Two Composes of one project at once would both make its network, and a third would remove it under their hands. */
function oneAtATime() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
}
