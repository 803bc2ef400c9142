/** `gobool cluster up`: starts what is missing, and ends once everything proved that it works. */
import * as z from 'zod/mini';
import type { ClusterStatus } from '../../../cluster/dev/cluster-status.ts';
import { startCluster } from '../../../cluster/dev/control/start-cluster.ts';
import { assert } from '../../../runtime/base/assert.ts';
import { counted } from '../../../runtime/base/format.ts';
import type { CommandContext } from '../../context.ts';
import { defineHandler } from '../../define-handler.ts';
import type { Reply } from '../../output/reply.ts';
import { chooseCluster } from './choose-cluster.ts';
import { parseComponents } from './component-argument.ts';
import { wantedOf } from './component-text.ts';
import { failureOf } from './failure.ts';
import { isUp } from './is-up.ts';
import { behindWarnings, saveServiceSettings } from './service-settings.ts';
import { statusData } from './status-data.ts';
import { summaryText } from './summary-text.ts';
import { watchUntilSettled } from './watch-until-settled.ts';

const input = z.object({
  name: z.optional(z.string()),
  driver: z._default(z.enum(['auto', 'native', 'docker']), 'auto'),
  only: z.optional(z.string()),
  anyPort: z._default(z.boolean(), false),
  detach: z._default(z.boolean(), false),
});

export const clusterUp = defineHandler(input, async (options, context): Promise<Reply> => {
  const { out, signal, env, projectDir } = context;
  const { driver, anyPort, detach } = options;
  const startedMs = out.nowMs();
  const only = options.only === undefined ? undefined : parseComponents(options.only);
  const name = await chooseCluster(options.name, context);
  await saveServiceSettings(name, context);
  const statuses = startCluster(projectDir, { name, driver, anyPort, env, signal, ...(only && { only }) });
  const status = await watchUntilSettled(statuses, context, detach);
  if (signal.aborted) return interrupted(name, status, context);
  assert(status !== undefined, 'a cluster that starts has a status');
  if (!isUp(status, only)) throw failureOf(status, context, only);
  const tookMs = out.nowMs() - startedMs;
  const warnings = behindWarnings(status, context);
  const notes = warnings.map(({ message }) => `${out.paint('yellow', 'Changed')} ${message}`);
  const text = () => [summaryText(status, tookMs, out), ...(notes.length > 0 ? ['', ...notes] : [])].join('\n');
  return { data: { ...statusData(status), tookMs }, text, warnings };
});

/** The daemon goes on: what it will reach, `status` tells. Throws where a program waits for the one answer. */
function interrupted(name: string, status: ClusterStatus | undefined, { out, signal }: CommandContext): Reply {
  if (out.mode !== 'text') throw signal.reason;
  const components = status === undefined ? [] : wantedOf(status);
  const healthy = components.filter(({ state }) => state === 'healthy').length;
  const soFar = status && `: ${healthy} of ${counted(components.length, 'component')} healthy so far`;
  const text = [
    `Cluster ${out.paint('cyan', name)} goes on starting without this command${soFar ?? ''}.`,
    '`gobool cluster status` shows how it stands, `gobool cluster down` stops it.',
  ].join('\n');
  return { data: null, text: () => text };
}
