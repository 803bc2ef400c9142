/** Starts one component: its configuration, the Compose file, and Compose itself, for this component only. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { GoboolError } from '../../../runtime/base/error.ts';
import { writeFileAtomic } from '../../../runtime/host/files.ts';
import type { ClusterFacts } from '../cluster-facts.ts';
import { configDir } from '../cluster-folder.ts';
import { ENGINE_NAMES, type EngineName } from '../component.ts';
import { composeFile } from './compose-file.ts';
import { type Container, componentContainers, removeContainer } from './containers.ts';
import { runDocker } from './docker-command.ts';
import type { Docker } from './find-docker.ts';
import { imageOf } from './image-store.ts';
import type { Environment } from './images.ts';
import { composeProject } from './labels.ts';
import { DOCKER_SERVICES } from './services/index.ts';
import { removeOldVolumes, volumeOf } from './volumes.ts';

const KEEPERS = ENGINE_NAMES.filter(name => DOCKER_SERVICES[name].keepsData);

export interface StartOptions {
  readonly docker: Docker;
  readonly env: Environment;
  readonly signal: AbortSignal;
}

/** Takes the place of a container that has ended. Throws `GB_DOCKER_FAILED` with what Compose said. */
export async function startContainer(
  name: EngineName,
  facts: ClusterFacts,
  { docker: { engine, compose }, env, signal }: StartOptions,
): Promise<Container> {
  signal.throwIfAborted();
  await mkdir(configDir(facts.dir, name), { recursive: true });
  await DOCKER_SERVICES[name].prepare(facts, signal);
  for (const { Id } of await componentContainers(engine, name, facts)) await removeContainer(engine, Id);
  const volumes = await byName(KEEPERS, component => volumeOf(component, facts));
  await removeOldVolumes(engine, name, facts, volumes.get(name));
  const images = await byName(ENGINE_NAMES, component => imageOf(component, env));
  const file = join(facts.dir, 'compose.json');
  writeFileAtomic(file, [Buffer.from(composeFile(facts, { images, volumes }))]);

  const up = ['--project-name', composeProject(facts), '--file', file, 'up', '--detach', '--no-deps', name];
  const failure = { code: 'GB_DOCKER_FAILED', message: `Compose could not start ${name}.` } as const;
  await runDocker({ command: [...compose, ...up], env, signal }, failure);
  const [container] = await componentContainers(engine, name, facts);
  if (container !== undefined) return container;
  throw new GoboolError('GB_DOCKER_FAILED', `The container of ${name} was removed at once.`);
}

async function byName(
  names: readonly EngineName[],
  make: (name: EngineName) => Promise<string>,
): Promise<ReadonlyMap<EngineName, string>> {
  return new Map(await Promise.all(names.map(async name => [name, await make(name)] as const)));
}
