/** `--cluster`: what a command runs, runs on workers of a cluster. Everything else of the command stays as it is. */
import { ClusterExecutor } from '../../../cluster/client/cluster-executor.ts';
import { ClusterPool } from '../../../cluster/client/cluster-pool.ts';
import { gatewayClient } from '../../../cluster/client/gateway-client.ts';
import type { TaskEvidence } from '../../../cluster/client/run-follower.ts';
import type { CommandContext } from '../../context.ts';
import { refuseOptions } from '../../options/refuse-options.ts';
import { findGateway } from './find-gateway.ts';

export interface ClusterRuns {
  readonly executor: () => ClusterExecutor;
  readonly pool: () => ClusterPool;
  /** Who ran what; grows while it runs. */
  readonly tasks: readonly TaskEvidence[];
}

/** `localOnly`: options that say how to run here. Throws `GB_USAGE` where one is given, and as `findGateway` does. */
export async function onCluster(
  file: string,
  localOnly: Readonly<Record<string, unknown>>,
  context: CommandContext,
): Promise<ClusterRuns> {
  refuseOptions(localOnly, 'says how to run on this machine');
  const client = gatewayClient(await findGateway(context));
  const tasks: TaskEvidence[] = [];
  const options = { name: file, onTask: (evidence: TaskEvidence) => void tasks.push(evidence) };
  return {
    executor: () => new ClusterExecutor(client, options),
    pool: () => new ClusterPool(client, options),
    tasks,
  };
}
