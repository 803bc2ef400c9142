/** `gobool cluster reset`: a cluster without data. */
import * as z from 'zod/mini';
import { resetCluster } from '../../../cluster/dev/control/reset-cluster.ts';
import { GoboolError } from '../../../runtime/base/error.ts';
import { defineHandler } from '../../define-handler.ts';
import { chooseCluster } from './choose-cluster.ts';

const input = z.object({ name: z.optional(z.string()), yes: z._default(z.boolean(), false) });

export const clusterReset = defineHandler(input, async ({ name: asked, yes }, context) => {
  const { projectDir, env, out } = context;
  const name = await chooseCluster(asked, context);
  if (!yes) {
    const hint = `If that is meant: \`gobool cluster reset --name ${name} --yes\`.`;
    throw new GoboolError('GB_USAGE', `This would stop cluster ${name} and delete all of its data.`, { hint });
  }
  await resetCluster(projectDir, name, env);
  const text = () =>
    `Cluster ${out.paint('cyan', name)} is down and has no data; \`gobool cluster up\` starts it anew.`;
  return { data: { name }, text };
});
