/** What the configuration says to the services of the project's cluster, from the files of project and user. */
import type { ProjectSettings } from '../../cluster/services/common/settings.ts';
import { didYouMean } from '../../runtime/base/closest.ts';
import { GoboolError } from '../../runtime/base/error.ts';
import type { CommandContext } from '../context.ts';
import { readLayers, refuseProblems } from './layers.ts';

/**
 * Key by key, the project stronger than the user. Throws `GB_CONFIG_BROKEN` and `GB_CONFIG_INVALID`, also for a
 * policy of a code that does not exist.
 */
export async function clusterSettings(context: CommandContext): Promise<ProjectSettings> {
  const layers = await readLayers(context);
  refuseProblems(layers);
  const settings: ProjectSettings = Object.assign({}, ...layers.map(({ cluster }) => cluster));
  if (settings.policies !== undefined) await requireKnown(Object.keys(settings.policies));
  return settings;
}

async function requireKnown(codes: readonly string[]): Promise<void> {
  const { ERROR_CATALOGUE } = await import('../../runtime/base/error-codes/index.ts');
  const known = ['*', ...Object.keys(ERROR_CATALOGUE)];
  const problems = codes
    .filter(code => !known.includes(code))
    .map(code => `cluster.policies: there is no code "${code}".${didYouMean(code, known)}`);
  if (problems.length > 0)
    throw new GoboolError('GB_CONFIG_INVALID', 'The configuration cannot be used.', { problems });
}
