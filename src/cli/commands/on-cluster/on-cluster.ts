/** `--cluster`: what a command runs, runs on workers of a cluster. Everything else of the command stays as it is. */
import { ClusterDesk } from '../../../cluster/client/cluster-desk.ts';
import { ClusterExecutor } from '../../../cluster/client/cluster-executor.ts';
import { ClusterPool } from '../../../cluster/client/cluster-pool.ts';
import { gatewayClient } from '../../../cluster/client/gateway-client.ts';
import type { TaskEvidence } from '../../../cluster/client/run-follower.ts';
import type { SweepObjective } from '../../../runtime/sweep/sweep-result.ts';
import type { CommandContext } from '../../context.ts';
import { refuseOptions } from '../../options/refuse-options.ts';
import { descriptionCache } from './description-cache.ts';
import { findGateway } from './find-gateway.ts';
import { type HoldOptions, RunHolds } from './run-holds.ts';

export interface ClusterRuns {
  readonly executor: () => ClusterExecutor;
  readonly pool: () => ClusterPool;
  /** Who ran what; grows while it runs. */
  readonly tasks: readonly TaskEvidence[];
  /** The run that the command is about. */
  readonly held: RunHolds;
}

export interface OnCluster extends HoldOptions {
  /** The strategy's file. */
  readonly file: string;
  /** Options that say how to run here. */
  readonly localOnly: Readonly<Record<string, unknown>>;
  /** By what the cluster ranks the sets of a sweep. */
  readonly objective?: SweepObjective;
}

/** Throws `GB_USAGE` where a local option is given, and as `findGateway` does. */
export async function onCluster(asked: OnCluster, context: CommandContext): Promise<ClusterRuns> {
  refuseOptions(asked.localOnly, 'says how to run on this machine');
  const gateway = await findGateway(context);
  const client = gatewayClient(gateway);
  const held = new RunHolds(context, new ClusterDesk(gateway), asked);
  const tasks: TaskEvidence[] = [];
  const options = {
    name: asked.file,
    onTask: (evidence: TaskEvidence) => void tasks.push(evidence),
    begin: held.begin,
    ...(asked.objective && { objective: asked.objective }),
    ...(asked.keep && { descriptions: descriptionCache(context.projectDir) }),
  };
  return {
    executor: () => new ClusterExecutor(client, options),
    pool: () => new ClusterPool(client, options),
    tasks,
    held,
  };
}
