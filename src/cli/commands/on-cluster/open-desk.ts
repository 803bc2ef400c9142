import { ClusterDesk } from '../../../cluster/client/cluster-desk.ts';
import type { CommandContext } from '../../context.ts';
import { findGateway } from './find-gateway.ts';

/** Until Ctrl-C, of the cluster that `--cluster` would run on; `name`: of the project's cluster that is called so. */
export const openDesk = async (context: CommandContext, name?: string): Promise<ClusterDesk> =>
  new ClusterDesk(await findGateway(context, name), context.signal);
