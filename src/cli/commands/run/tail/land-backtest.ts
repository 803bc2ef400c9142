import { readRunResult } from '../../../../cluster/client/read-result.ts';
import { finishRun } from '../../../../runtime/host/run-backtest.ts';
import { RunCollector } from '../../../../runtime/host/run-collector.ts';
import { openStore } from '../../../../runtime/host/store/open-store.ts';
import { storedRunIds } from '../../../../runtime/host/store/write-run.ts';
import type { CommandContext } from '../../../context.ts';
import type { Reply } from '../../../output/reply.ts';
import { backtestReply } from '../../backtest/reply.ts';
import { type KeptBacktest, keepClusterRun } from '../../on-cluster/kept-runs.ts';
import { followTailed, type TailedRun, workerTime } from './tailed-run.ts';

/** Waits for a backtest that this project submitted, and keeps its result as the command would have. */
export async function landBacktest(
  tailed: TailedRun,
  { draft, map }: KeptBacktest,
  { out, projectDir, signal }: CommandContext,
): Promise<Reply> {
  const collector = new RunCollector();
  const { summary, evidence } = await followTailed(tailed, map, signal, readTask =>
    readRunResult(readTask, { onChunk: chunk => collector.add(chunk) }),
  );
  const elapsedMs = await workerTime(tailed, evidence);
  using store = await openStore(projectDir);
  // A tail that was killed between keeping the run and noting it has kept it.
  const keeper = storedRunIds(store).includes(draft.runId) ? undefined : store;
  const result = await finishRun(draft, { collector, summary, elapsedMs, executor: 'cluster' }, keeper, projectDir);
  if (result.failure !== undefined) throw result.failure;
  keepClusterRun(projectDir, tailed.runId, { kind: 'landed', id: draft.runId });
  return backtestReply(result, { task: { ...evidence, elapsedMs } }, out);
}
