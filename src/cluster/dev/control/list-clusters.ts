/** `ls`: the clusters of a project. */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GoboolError } from '../../../runtime/base/error.ts';
import { clusterDir } from '../cluster-folder.ts';
import type { ClusterStatus } from '../cluster-status.ts';
import { readStatus } from './read-status.ts';

export interface ListedCluster {
  readonly name: string;
  /** Its folder. */
  readonly dir: string;
  readonly state: ClusterStatus['state'];
  /** Null where `problem` says why it cannot be told. */
  readonly status: ClusterStatus | null;
  /** A newer version made it, its files are damaged, its daemon hangs. */
  readonly problem: GoboolError | null;
}

/** In the order of their names. */
export async function listClusters(projectDir: string): Promise<readonly ListedCluster[]> {
  const listed = namesIn(dirname(clusterDir(projectDir, 'default'))).map(name => describe(projectDir, name));
  return (await Promise.all(listed)).flatMap(cluster => cluster ?? []);
}

function namesIn(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries
      .filter(entry => entry.isDirectory())
      .map(entry => entry.name)
      .toSorted();
  } catch {
    return [];
  }
}

/** Undefined where the folder is no cluster: the first `up` in it failed before it made one. */
async function describe(projectDir: string, name: string): Promise<ListedCluster | undefined> {
  const dir = join(clusterDir(projectDir, name));
  try {
    const status = await readStatus(projectDir, name);
    return { name, dir, state: status.state, status, problem: null };
  } catch (error) {
    if (!(error instanceof GoboolError)) throw error;
    return error.code === 'GB_CLUSTER_MISSING' ? undefined : { name, dir, state: 'down', status: null, problem: error };
  }
}
