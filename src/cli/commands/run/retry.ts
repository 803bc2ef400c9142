import * as z from 'zod/mini';
import { defineHandler } from '../../define-handler.ts';
import { findClusterRun } from '../on-cluster/cluster-runs.ts';
import { keepClusterRun, keptClusterRun } from '../on-cluster/kept-runs.ts';
import { openDesk } from '../on-cluster/open-desk.ts';
import { shortId } from '../on-cluster/short-ids.ts';

export const runRetry = defineHandler(z.object({ run: z.string() }), async ({ run }, context) => {
  const desk = await openDesk(context);
  const retriedId = await findClusterRun(desk, run);
  const kept = keptClusterRun(context.projectDir, retriedId);
  const runId = await desk.retryRun(retriedId);
  // What the project needs to finish its record is the same. Of a run that has landed there is only the result.
  if (kept !== undefined && kept.kind !== 'landed') keepClusterRun(context.projectDir, runId, kept);
  const [before, now] = [retriedId, runId].map(id => context.out.paint('cyan', shortId(id)));
  const what =
    runId === retriedId ? `${now} goes on: its open cases are tried again` : `${before} runs again as ${now}`;
  return { data: { runId, retriedId }, runId, text: () => `${what}. \`gobool run show ${shortId(runId)}\` tells how.` };
});
