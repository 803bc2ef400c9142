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
/** What a header may hold; `fetch` refuses anything else with an error that shows all of it. */
const KEY = /^[\x21-\x7e]+$/;

/**
 * `name`: of the project's cluster that is called so. Throws `GB_KEY_INVALID`, `GB_CLUSTER_MISSING`, `GB_CLUSTER_DOWN`,
 * `GB_USAGE`.
 */
export async function findGateway(context: CommandContext, name?: string): Promise<GatewayAddress> {
  const { GOBOOL_CLUSTER: asked = '' } = context.env;
  // A secret that was read from a file brings its line's end along, which no header takes either.
  const key = context.env.GOBOOL_API_KEY?.trim();
  if (key && !KEY.test(key)) {
    const hint = 'Set it to one line: `gb_<key id>_<secret>`, as `gobool key create` prints it.';
    throw new GoboolError('GB_KEY_INVALID', 'GOBOOL_API_KEY holds characters that no API key has.', { hint });
  }
  if (name !== undefined || !ADDRESS.test(asked)) return await gatewayOf(context, name, key);
  if (key) return { url: checkedAddress(asked), key };
  throw new GoboolError('GB_KEY_INVALID', `There is no API key for ${asked}.`, { hint: 'Set it as GOBOOL_API_KEY.' });
}

function checkedAddress(text: string): string {
  if (!URL.canParse(text)) throw new GoboolError('GB_USAGE', `GOBOOL_CLUSTER is no address: ${text}`);
  const { username, password } = new URL(text);
  if (username === '' && password === '') return text;
  const hint = 'Leave it out: a gateway asks for the API key in GOBOOL_API_KEY alone.';
  throw new GoboolError('GB_USAGE', 'GOBOOL_CLUSTER holds the name or password of a user.', { hint });
}

/** Of the cluster that commands mean, with the key of the environment, else the one that `cluster up` made. */
async function gatewayOf(context: CommandContext, asked?: string, ownKey?: string): Promise<GatewayAddress> {
  const name = await chooseCluster(asked, context);
  const dir = clusterDir(context.projectDir, name);
  const { ports } = existingRecord(dir, name);
  const key = ownKey || readApiKey(dir);
  if (key) return { url: urlOf('gateway', ports), key };
  throw new GoboolError('GB_CLUSTER_DOWN', `Cluster ${name} has no API key yet: its gateway has never run.`);
}
