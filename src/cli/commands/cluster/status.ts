/** `gobool cluster status`: how each component is; with --env how programs reach it. */
import * as z from 'zod/mini';
import { clusterDir } from '../../../cluster/dev/cluster-folder.ts';
import type { ClusterStatus } from '../../../cluster/dev/cluster-status.ts';
import { readStatus } from '../../../cluster/dev/control/read-status.ts';
import { readFacts } from '../../../cluster/dev/state/facts.ts';
import type { CommandContext } from '../../context.ts';
import { defineHandler } from '../../define-handler.ts';
import type { Reply } from '../../output/reply.ts';
import { chooseCluster } from './choose-cluster.ts';
import { wantedOf } from './component-text.ts';
import { environmentOf, exportLines } from './environment.ts';
import { statusData } from './status-data.ts';
import { statusText } from './status-text.ts';

const EXIT_NOT_HEALTHY = 5;

const input = z.object({ name: z.optional(z.string()), env: z._default(z.boolean(), false) });

export const clusterStatus = defineHandler(input, async ({ name, env }, context): Promise<Reply> => {
  const status = await readStatus(context.projectDir, await chooseCluster(name, context));
  const exitCode = status.state === 'healthy' ? 0 : EXIT_NOT_HEALTHY;
  if (env) return { ...environmentReply(status, context), exitCode };
  return { data: statusData(status), text: () => statusText(status, context.out), exitCode };
});

/** Of the components that were asked for, whether they are healthy or not: ports and passwords stay the same. */
function environmentReply(status: ClusterStatus, { projectDir }: CommandContext): Reply {
  const facts = readFacts(clusterDir(projectDir, status.name));
  const env = environmentOf(
    facts,
    wantedOf(status).map(({ name }) => name),
  );
  return { data: { ...statusData(status), env }, text: () => exportLines(env) };
}
