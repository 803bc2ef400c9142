/** A run that was submitted before, as its tail follows it. */
import type { ClusterDesk } from '../../../../cluster/client/cluster-desk.ts';
import type { GatewayClient } from '../../../../cluster/client/gateway-client.ts';
import type { TaskEvidence } from '../../../../cluster/client/run-follower.ts';
import { followHeld, type ReadTask } from '../../../../cluster/client/submitted-run.ts';
import type { RunView } from '../../../../cluster/contracts/http/run-view.ts';
import type { RunWatch } from '../../on-cluster/run-watch.ts';

export interface TailedRun {
  readonly runId: string;
  /** As it was when the tail began. */
  readonly view: RunView;
  readonly watch: RunWatch;
  readonly desk: ClusterDesk;
  readonly client: GatewayClient;
}

/** `map`: source map of its bundle. Throws what the run ends with, and `LeftRun`. */
export function followTailed<T>(
  { runId, watch, client }: TailedRun,
  map: string,
  signal: AbortSignal,
  read: (readTask: ReadTask) => Promise<T>,
): Promise<T> {
  return followHeld({ client, runId, map, startMs: performance.now(), signal, ...watch }, read);
}

/** How long the task took its worker, which a tail that came later did not see; else what the tail saw. */
export async function workerTime({ desk, runId }: TailedRun, { taskId, elapsedMs }: TaskEvidence): Promise<number> {
  const { taskList = [] } = await desk.run(runId);
  return taskList.find(task => task.taskId === taskId)?.elapsedMs ?? elapsedMs;
}
