/** `--cluster`: what a command runs, runs on workers of a cluster. Everything else of the command stays as it is. */
import { ClusterExecutor } from '../../../cluster/client/cluster-executor.ts';
import { ClusterPool } from '../../../cluster/client/cluster-pool.ts';
import { gatewayClient } from '../../../cluster/client/gateway-client.ts';
import type { TaskEvidence } from '../../../cluster/client/run-follower.ts';
import { GoboolError } from '../../../runtime/base/error.ts';
import type { CommandContext } from '../../context.ts';
import { flagName } from '../../options/problems.ts';
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
  const given = Object.keys(localOnly).filter(name => localOnly[name] !== undefined);
  if (given.length > 0) {
    const problems = given.map(name => `${flagName([name])}: says how to run on this machine.`);
    throw new GoboolError('GB_USAGE', 'The command cannot run with these options and --cluster.', { problems });
  }
  const client = gatewayClient(await findGateway(context));
  const tasks: TaskEvidence[] = [];
  const options = { name: file, onTask: (evidence: TaskEvidence) => void tasks.push(evidence) };
  return {
    executor: () => new ClusterExecutor(client, options),
    pool: () => new ClusterPool(client, options),
    tasks,
  };
}
