/** Which cluster is meant: `--name`, else `GOBOOL_CLUSTER`, else the project's only one that runs, else `default`. */
import { type ListedCluster, listClusters } from '../../../cluster/dev/control/list-clusters.ts';
import { GoboolError } from '../../../runtime/base/error.ts';
import type { CommandContext } from '../../context.ts';

const NAME = /^[a-z0-9][a-z0-9-]{0,31}$/;
const DEFAULT_NAME = 'default';

/** Throws `GB_USAGE` for what cannot be a name. */
export async function chooseCluster(asked: string | undefined, { env, projectDir }: CommandContext): Promise<string> {
  const name = asked ?? (env.GOBOOL_CLUSTER || undefined);
  if (name === undefined) return (await onlyRunning(projectDir)) ?? DEFAULT_NAME;
  if (NAME.test(name)) return name;
  throw new GoboolError('GB_USAGE', `A cluster cannot be called "${name}".`, {
    hint: 'A name has up to 32 lower-case letters, digits and hyphens.',
  });
}

async function onlyRunning(projectDir: string): Promise<string | undefined> {
  const running = (await listClusters(projectDir)).filter(isThere);
  return running.length === 1 ? running[0]?.name : undefined;
}

/** Also one whose daemon hangs or is dead: its engines and services go on. */
function isThere({ state, status, problem }: ListedCluster): boolean {
  if (problem !== null) return problem.code === 'GB_CLUSTER_DAEMON';
  return state !== 'down' || status?.components.some(({ pid }) => pid !== null) === true;
}
