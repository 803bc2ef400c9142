/** `gobool run show r-...`: everything that a cluster says of one run. */
import type { RunView } from '../../../cluster/contracts/http/run-view.ts';
import type { CommandContext } from '../../context.ts';
import type { Reply } from '../../output/reply.ts';
import { findClusterRun } from '../on-cluster/cluster-runs.ts';
import { openDesk } from '../on-cluster/open-desk.ts';
import { clusterRunData } from './cluster-run-data.ts';
import { clusterRunText } from './cluster-run-text.ts';

export async function showClusterRun(reference: string, context: CommandContext): Promise<Reply> {
  const desk = await openDesk(context);
  const run: RunView = await desk.run(await findClusterRun(desk, reference));
  return { data: clusterRunData(run), runId: run.runId, text: () => clusterRunText(run, context.out) };
}
