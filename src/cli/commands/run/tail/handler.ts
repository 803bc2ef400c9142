/**
 * `gobool run tail`: watches a run of the cluster to its end. One that this project submitted is then finished here:
 * its result lands in the project's store, as if the command that began it had waited.
 */
import * as z from 'zod/mini';
import { ClusterDesk } from '../../../../cluster/client/cluster-desk.ts';
import { gatewayClient } from '../../../../cluster/client/gateway-client.ts';
import { LeftRun } from '../../../../cluster/client/left-run.ts';
import type { RunView } from '../../../../cluster/contracts/http/run-view.ts';
import type { CommandContext } from '../../../context.ts';
import { defineHandler } from '../../../define-handler.ts';
import type { Reply } from '../../../output/reply.ts';
import type { TailSubject } from '../../../view/tail/tail-state.ts';
import { findClusterRun } from '../../on-cluster/cluster-runs.ts';
import { findGateway } from '../../on-cluster/find-gateway.ts';
import { type KeptRun, keptClusterRun } from '../../on-cluster/kept-runs.ts';
import { leftReply } from '../../on-cluster/left-reply.ts';
import { subjectOf } from '../../on-cluster/planned-run.ts';
import { watchRun } from '../../on-cluster/run-watch.ts';
import { landBacktest } from './land-backtest.ts';
import { landSweep } from './land-sweep.ts';
import { landedReply } from './landed-reply.ts';
import { strangersReply } from './strangers-reply.ts';
import type { TailedRun } from './tailed-run.ts';

export const runTail = defineHandler(z.object({ run: z.string() }), async ({ run }, context): Promise<Reply> => {
  const gateway = await findGateway(context);
  // Ctrl-C leaves a run once it is found; before, it ends the command.
  const finding = new ClusterDesk(gateway, context.signal);
  const runId = await findClusterRun(finding, run);
  const kept = keptClusterRun(context.projectDir, runId);
  const landed = kept?.kind === 'landed' && (await landedReply(kept.id, context));
  if (landed) return landed;
  const view = await finding.run(runId);
  const desk = new ClusterDesk(gateway);
  const watch = watchRun(subjectFor(view, kept), context.out, { desk, isTail: true });
  const tailed = { runId, view, watch, desk, client: gatewayClient(gateway) };
  try {
    return await replyOf(tailed, kept, context);
  } catch (error) {
    if (!(error instanceof LeftRun)) throw error;
    watch.close();
    return leftReply(error, watch.summary(), context);
  } finally {
    watch.close();
  }
});

function replyOf(tailed: TailedRun, kept: KeptRun | undefined, context: CommandContext): Promise<Reply> {
  switch (kept?.kind) {
    case 'run':
      return landBacktest(tailed, kept, context);
    case 'sweep':
      return landSweep(tailed, kept, context);
    default:
      return strangersReply(tailed, context);
  }
}

function subjectFor({ runId, name, kind, ranking }: RunView, kept: KeptRun | undefined): TailSubject {
  if (kept !== undefined && kept.kind !== 'landed') return subjectOf(kept, runId, name);
  return { runId, name, kind, ...(ranking && { sets: ranking.sets }) };
}
