/**
 * A run that this project has no record of: another one submitted it. Its result is shown; it cannot be kept, because
 * only its submitter knows which strategy and which data lie behind the hashes.
 */
import { readRunResult, readSweepRows } from '../../../../cluster/client/read-result.ts';
import type { RunEvent } from '../../../../cluster/client/run-event.ts';
import { NO_MAP, type TaskEvidence } from '../../../../cluster/client/run-follower.ts';
import type { ReadTask } from '../../../../cluster/client/submitted-run.ts';
import type { RankingView, RunView } from '../../../../cluster/contracts/http/run-view.ts';
import { money } from '../../../../runtime/base/format.ts';
import type { RunSummary } from '../../../../runtime/bundle/abi.ts';
import { metricText } from '../../../../runtime/report/format.ts';
import type { CommandContext } from '../../../context.ts';
import { factsText } from '../../../output/facts.ts';
import type { Output } from '../../../output/output.ts';
import type { Reply } from '../../../output/reply.ts';
import { textStyle } from '../../../output/text-style.ts';
import { valueText } from '../../../view/tail/run-text.ts';
import { evidenceText } from '../../on-cluster/evidence-text.ts';
import { followTailed, type TailedRun, workerTime } from './tailed-run.ts';

const SHOWN_METRICS = ['totalReturn', 'cagr', 'sharpe', 'maxDrawdown', 'trades', 'winRate'] as const;
const NOT_KEPT =
  'This project did not submit the run, so it keeps nothing of it: no `run show`, no `report`. The project that did ' +
  'gets it with the same command.';

export async function strangersReply(tailed: TailedRun, context: CommandContext): Promise<Reply> {
  const { out } = context;
  const reply = await (tailed.view.kind === 'run' ? backtest(tailed, context) : others(tailed, context));
  out.note(NOT_KEPT);
  return reply;
}

async function backtest(tailed: TailedRun, { out, signal }: CommandContext): Promise<Reply> {
  const { summary, resultHash, evidence } = await followTailed(tailed, NO_MAP, signal, readTask =>
    readRunResult(readTask, { onChunk: () => {} }),
  );
  const task = { ...evidence, elapsedMs: await workerTime(tailed, evidence) };
  const { runId, name } = tailed.view;
  const { finalEquity, fills, metrics } = summary;
  return {
    data: { runId, name, kind: 'run', state: 'completed', resultHash, metrics, finalEquity, fills, cluster: task },
    runId,
    text: () => backtestText(tailed.view, summary, resultHash, out) + evidenceText(task, textStyle(out)),
  };
}

function backtestText({ name }: RunView, { finalEquity, metrics }: RunSummary, hash: string, out: Output): string {
  const known = SHOWN_METRICS.flatMap((metric): readonly (readonly [string, string])[] => {
    const found = metrics[metric];
    return found === undefined ? [] : [[metric, metricText(found)]];
  });
  const facts = [['finalEquity', money(finalEquity)], ...known, ['hash', hash]] as const;
  return `${out.paint('bold', name)}\n${factsText(facts, out.paint)}\n`;
}

/** Sweeps, and runs that are steps of others. */
async function others(tailed: TailedRun, { out, signal }: CommandContext): Promise<Reply> {
  const { view, watch, desk } = tailed;
  const evidence: TaskEvidence[] = [];
  const total = Promise.withResolvers<number>();
  const tell = (count: number) => count > 0 && total.resolve(count);
  const observe = (event: RunEvent): void => {
    watch.observe(event);
    if (event.type === 'run') tell(event.run.tasks.total);
  };
  tell(view.tasks.total);
  const read = async (readTask: ReadTask) =>
    readSweepRows(
      readTask,
      await total.promise,
      () => {},
      task => evidence.push(task),
    );
  await followTailed({ ...tailed, watch: { ...watch, observe } }, NO_MAP, signal, read);
  const { runId, name, kind, ranking } = await desk.run(view.runId);
  return {
    data: { runId, name, kind, state: 'completed', ...(ranking && { ranking }), cluster: { tasks: evidence } },
    runId,
    text: () => [out.paint('bold', name), ...(ranking ? rankingTexts(ranking) : [])].join('\n'),
  };
}

function rankingTexts({ objective, best }: RankingView): readonly string[] {
  const lines = best.map(({ index, value, resultHash }, at) => {
    return `${String(at + 1).padStart(4)}  ${valueText(value).padStart(10)}  set ${index}  ${resultHash.slice(0, 12)}`;
  });
  return [`best by ${objective}`, ...lines];
}
