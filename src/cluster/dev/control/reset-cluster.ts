/** `reset`: stops a cluster and deletes the data of its engines. Identity, ports, passwords and logs stay. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { withFileErrors } from '../../../runtime/host/files.ts';
import { clusterDir } from '../cluster-folder.ts';
import { stopCluster } from './stop-cluster.ts';

/** Throws what `stopCluster` throws, and `GB_PERMISSION`. */
export async function resetCluster(
  projectDir: string,
  name: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  await stopCluster(projectDir, name, env);
  for (const folder of ['data', 'config'].map(part => join(clusterDir(projectDir, name), part)))
    withFileErrors(folder, () => rmSync(folder, { recursive: true, force: true }));
}
