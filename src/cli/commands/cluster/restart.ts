/** `gobool cluster restart`: one component, until it is healthy again. */
import * as z from 'zod/mini';
import { restartComponent } from '../../../cluster/dev/control/restart-component.ts';
import { assert } from '../../../runtime/base/assert.ts';
import { durationText } from '../../../runtime/report/format.ts';
import { defineHandler } from '../../define-handler.ts';
import type { Reply } from '../../output/reply.ts';
import { chooseCluster } from './choose-cluster.ts';
import { parseComponent } from './component-argument.ts';
import { verdictText } from './component-text.ts';
import { failureOf } from './failure.ts';
import { saveServiceSettings } from './service-settings.ts';
import { statusData } from './status-data.ts';
import { watchUntilSettled } from './watch-until-settled.ts';

const input = z.object({ component: z.string(), name: z.optional(z.string()) });

export const clusterRestart = defineHandler(input, async (options, context): Promise<Reply> => {
  const { out, signal, projectDir } = context;
  const startedMs = out.nowMs();
  const component = parseComponent(options.component);
  const cluster = await chooseCluster(options.name, context);
  await saveServiceSettings(cluster, context);
  const statuses = restartComponent(projectDir, cluster, component, signal);
  const status = await watchUntilSettled(statuses, context, false);
  signal.throwIfAborted();
  assert(status !== undefined, 'a cluster that runs has a status');
  const restarted = status.components.find(({ name }) => name === component);
  if (restarted?.state !== 'healthy') throw failureOf(status, context, [component]);
  const tookMs = out.nowMs() - startedMs;
  const text = () =>
    `Restarted ${out.paint('cyan', component)} in ${durationText(tookMs)}: ${verdictText(restarted, out.nowMs())}`;
  return { data: { ...statusData(status), tookMs }, text };
});
