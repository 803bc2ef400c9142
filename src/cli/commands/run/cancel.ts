import * as z from 'zod/mini';
import { defineHandler } from '../../define-handler.ts';
import { endOf, findOrRecall } from '../on-cluster/cluster-runs.ts';
import { openDesk } from '../on-cluster/open-desk.ts';
import { shortId } from '../on-cluster/short-ids.ts';

export const runCancel = defineHandler(z.object({ run: z.string() }), async ({ run }, context) => {
  const desk = await openDesk(context);
  const runId = await findOrRecall(desk, run, context.projectDir);
  const shown = context.out.paint('cyan', shortId(runId));
  const end = await endOf(desk, runId);
  const data = { runId, over: end ?? null };
  if (end) return { data, runId, text: () => `${shown} is ${end} already: there is nothing to cancel.` };
  await desk.cancelRun(runId);
  const text = () => `${shown} is being cancelled: what waits of it is dropped, what runs is stopped.`;
  return { data, runId, text };
});
