/** The clusters that the tests of one run share. Whoever breaks a component waits until it is healthy again. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { ClusterFacts } from '../../src/cluster/dev/cluster-facts.ts';
import { clusterDir } from '../../src/cluster/dev/cluster-folder.ts';
import { type ComponentName, ENGINE_NAMES } from '../../src/cluster/dev/component.ts';
import { readFacts } from '../../src/cluster/dev/state/facts.ts';
import { clusterCommand } from './cluster-command.ts';

/** A folder of its own under which `gobool cluster` may be called; what runs in it is taken down after the tests. */
export function clusterProject(name: string): string {
  const folder = join(inject('clusterRoot'), name);
  mkdirSync(join(folder, '.gobool'), { recursive: true });
  return folder;
}

/**
 * All engines, healthy, and no service, which would meddle with what a test does. The first call of a run starts
 * them.
 */
export const testCluster = (): Promise<ClusterFacts> => clusterWith('shared', ENGINE_NAMES);

/** gobool's services, healthy, and the engines that they need: the project `services`. */
export const serviceCluster = (): Promise<ClusterFacts> => clusterWith('services', ['gateway']);

async function clusterWith(project: string, only: readonly ComponentName[]): Promise<ClusterFacts> {
  const projectDir = clusterProject(project);
  const args = ['up', '--detach', '--any-port', '--only', only.join(',')];
  const { exitCode, stderr } = await clusterCommand(projectDir, args);
  if (exitCode !== 0) throw new Error(`The cluster did not start:\n${stderr}`);
  return readFacts(clusterDir(projectDir, 'default'));
}
