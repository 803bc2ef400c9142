/** Where `--cluster` sends runs: to the address in GOBOOL_CLUSTER, or to the gateway of a cluster of the project. */
import type { GatewayAddress } from '../../../cluster/client/request.ts';
import { urlOf } from '../../../cluster/dev/addresses.ts';
import { clusterDir } from '../../../cluster/dev/cluster-folder.ts';
import { existingRecord } from '../../../cluster/dev/control/read-status.ts';
import { readApiKey } from '../../../cluster/dev/state/api-key.ts';
import { GoboolError } from '../../../runtime/base/error.ts';
import type { CommandContext } from '../../context.ts';
import { chooseCluster } from '../cluster/choose-cluster.ts';

const ADDRESS = /^https?:\/\//;

/**
 * `name`: of the project's cluster that is called so. Throws `GB_KEY_INVALID`, `GB_CLUSTER_MISSING`, `GB_CLUSTER_DOWN`,
 * `GB_USAGE`.
 */
export async function findGateway(context: CommandContext, name?: string): Promise<GatewayAddress> {
  const { GOBOOL_CLUSTER: asked = '', GOBOOL_API_KEY: key } = context.env;
  if (name !== undefined || !ADDRESS.test(asked)) return await gatewayOf(context, name);
  if (key) return { url: checkedAddress(asked), key };
  throw new GoboolError('GB_KEY_INVALID', `There is no API key for ${asked}.`, { hint: 'Set it as GOBOOL_API_KEY.' });
}

function checkedAddress(text: string): string {
  if (URL.canParse(text)) return text;
  throw new GoboolError('GB_USAGE', `GOBOOL_CLUSTER is no address: ${text}`);
}

/** Of the cluster that commands mean, with the key of the environment, else the one that `cluster up` made. */
async function gatewayOf(context: CommandContext, asked: string | undefined): Promise<GatewayAddress> {
  const name = await chooseCluster(asked, context);
  const dir = clusterDir(context.projectDir, name);
  const { ports } = existingRecord(dir, name);
  const key = context.env.GOBOOL_API_KEY || readApiKey(dir);
  if (key) return { url: urlOf('gateway', ports), key };
  throw new GoboolError('GB_CLUSTER_DOWN', `Cluster ${name} has no API key yet: its gateway has never run.`);
}
