/** `restart`: stops one component and starts it again, with its data. */
import { GoboolError } from '../../../runtime/base/error.ts';
import { clusterDir } from '../cluster-folder.ts';
import type { ClusterStatus } from '../cluster-status.ts';
import type { ComponentName } from '../component.ts';
import { askDaemon } from './daemon-connection.ts';
import { existingRecord } from './read-status.ts';

/**
 * A status at once, then one a change, until the component is healthy or failed. Throws `GB_CLUSTER_MISSING`, and
 * `GB_CLUSTER_DOWN` where no daemon lives. The signal ends the waiting, with its reason.
 */
export async function* restartComponent(
  projectDir: string,
  name: string,
  component: ComponentName,
  signal?: AbortSignal,
): AsyncGenerator<ClusterStatus> {
  const dir = clusterDir(projectDir, name);
  existingRecord(dir, name);
  const reply = await askDaemon(dir, `POST /restart/${component}`, { signal });
  if (reply?.code !== 200) throw new GoboolError('GB_CLUSTER_DOWN', `Cluster ${name} is not running.`);
  yield* reply.statuses;
}
