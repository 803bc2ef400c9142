/** The cluster that the tests of one run share. Whoever breaks an engine waits until it is healthy again. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { ClusterFacts } from '../../src/cluster/dev/cluster-facts.ts';
import { clusterDir } from '../../src/cluster/dev/cluster-folder.ts';
import { readFacts } from '../../src/cluster/dev/state/facts.ts';
import { clusterCommand } from './cluster-command.ts';

/** A folder of its own under which `gobool cluster` may be called; what runs in it is taken down after the tests. */
export function clusterProject(name: string): string {
  const folder = join(inject('clusterRoot'), name);
  mkdirSync(join(folder, '.gobool'), { recursive: true });
  return folder;
}

/** All engines, healthy. The first call of a run starts them. */
export async function testCluster(): Promise<ClusterFacts> {
  const projectDir = clusterProject('shared');
  const { exitCode, stderr } = await clusterCommand(projectDir, ['up', '--detach', '--any-port']);
  if (exitCode !== 0) throw new Error(`The cluster did not start:\n${stderr}`);
  return readFacts(clusterDir(projectDir, 'default'));
}
