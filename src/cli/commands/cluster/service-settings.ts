/** Brings `cluster` of the configuration to the services of a cluster. Each of them takes it up when it starts. */
import { clusterDir } from '../../../cluster/dev/cluster-folder.ts';
import type { ClusterStatus } from '../../../cluster/dev/cluster-status.ts';
import { servicesBehind } from '../../../cluster/dev/service-settings.ts';
import { readFacts } from '../../../cluster/dev/state/facts.ts';
import { writeProjectSettings } from '../../../cluster/dev/state/project-settings.ts';
import { clusterSettings } from '../../config/cluster-settings.ts';
import type { CommandContext } from '../../context.ts';
import { wantedOf } from './component-text.ts';

/** Throws what `clusterSettings` throws. */
export async function saveServiceSettings(name: string, context: CommandContext): Promise<void> {
  writeProjectSettings(clusterDir(context.projectDir, name), await clusterSettings(context));
}

/** One for each service that still runs with what the configuration said before. */
export function behindWarnings(status: ClusterStatus, { projectDir }: CommandContext) {
  const wanted = wantedOf(status).map(({ name }) => name);
  return servicesBehind(readFacts(clusterDir(projectDir, status.name)))
    .filter(name => wanted.includes(name))
    .map(name => ({
      code: 'settings-changed',
      message: `${name} runs with settings from before; it takes them up by \`gobool cluster restart ${name}\`.`,
    }));
}
