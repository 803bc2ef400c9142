/** `cluster` of a configuration file: what the services of the project's cluster are told beside their addresses. */
import * as z from 'zod/mini';
import type { ProjectSettings } from '../../cluster/services/common/settings.ts';
import { didYouMean } from '../../runtime/base/closest.ts';
import { GoboolError } from '../../runtime/base/error.ts';
import type { CommandContext } from '../context.ts';

const pauseMs = z.int().check(z.gte(0), z.lte(86_400_000));

const policy = z.strictObject({
  retryMs: z.exactOptional(z.array(pauseMs).check(z.maxLength(20, 'has more than 20 pauses'))),
  finally: z.enum(['person', 'notify', 'ignore']),
});

export const clusterSchema = z.partial(
  z.strictObject({
    webhook: z.string().check(z.regex(/^https?:\/\//, 'is no address: it begins with http:// or https://')),
    policies: z.record(z.string(), policy),
    pendingTasks: z.int().check(z.positive()),
  }),
);

export const CLUSTER_KEYS: readonly (keyof ProjectSettings)[] = ['webhook', 'policies', 'pendingTasks'];

/**
 * What the files of project and user say, key by key. Throws `GB_CONFIG_BROKEN` and `GB_CONFIG_INVALID`, also for a
 * policy of a code that does not exist.
 */
export async function clusterSettings(context: CommandContext): Promise<ProjectSettings> {
  const { readLayers, refuseProblems } = await import('./layers.ts');
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
