/** `gobool cluster doctor`: whether this machine can run the cluster, and what differs in one that runs. */
import * as z from 'zod/mini';
import type { ComponentStatus } from '../../../cluster/dev/cluster-status.ts';
import { readStatus } from '../../../cluster/dev/control/read-status.ts';
import { engineCache } from '../../../cluster/dev/fetch/fetch-context.ts';
import { GoboolError } from '../../../runtime/base/error.ts';
import { ERROR_CATALOGUE } from '../../../runtime/base/error-codes/index.ts';
import type { CommandContext } from '../../context.ts';
import { defineHandler } from '../../define-handler.ts';
import type { Check } from '../doctor/check.ts';
import { checksText } from '../doctor/check-text.ts';
import { chooseCluster } from './choose-cluster.ts';
import { wantedOf } from './component-text.ts';

const EXIT_BLOCKED = 6;

export const clusterDoctor = defineHandler(z.object({ name: z.optional(z.string()) }), async ({ name }, context) => {
  const { env, signal, out } = context;
  // What fetches engines takes longer to load than all other commands of the cluster.
  const { checkMachine } = await import('../../../cluster/dev/fetch/machine-checks.ts');
  const machine = checkMachine({ env, cacheDir: engineCache(env), onProgress: () => {}, signal });
  const schema = schemaChecks(await chooseCluster(name, context), context);
  const checks = (await Promise.all([machine, schema])).flat();
  const blockers = checks.filter(({ status }) => status === 'blocker').map(check => check.name);
  const verdict = blockers.length === 0 ? 'Ready to run the cluster.' : `Not ready: ${blockers.join(', ')}.`;
  return {
    data: { checks },
    text: () => `${checksText(checks, out.paint)}\n\n${verdict}`,
    exitCode: blockers.length === 0 ? 0 : EXIT_BLOCKED,
  };
});

/** None where no cluster runs. */
async function schemaChecks(cluster: string, { projectDir }: CommandContext): Promise<readonly Check[]> {
  try {
    return schemaChecksOf(cluster, wantedOf(await readStatus(projectDir, cluster)));
  } catch (error) {
    if (!(error instanceof GoboolError)) throw error;
    if (error.code === 'GB_CLUSTER_MISSING') return [];
    const { code, message, hint = ERROR_CATALOGUE[code].hint } = error;
    return [{ name: 'cluster', status: 'blocker', message: `${cluster}: ${code} ${message}`, hint }];
  }
}

function schemaChecksOf(cluster: string, components: readonly ComponentStatus[]): readonly Check[] {
  const looked = components.filter(({ drift }) => drift !== null);
  const differing = looked.flatMap(({ name, drift }) => (drift ?? []).map(line => ({ name, line })));
  if (looked.length === 0) return [];
  if (differing.length === 0) return [{ name: 'schema', status: 'ok', message: `of cluster ${cluster} as declared` }];
  return differing.map(({ name, line }) => ({
    name: 'schema',
    status: 'warning',
    message: `${name}: ${line}`,
    hint: `What is missing is made by \`gobool cluster restart ${name} --name ${cluster}\`.`,
  }));
}
