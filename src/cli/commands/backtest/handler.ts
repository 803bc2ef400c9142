/** `gobool backtest`: one strategy, one run, one result. */
import * as z from 'zod/mini';
import { defined } from '../../../runtime/base/defined.ts';
import type { BacktestOptions } from '../../../runtime/host/backtest-options.ts';
import { reportPath, writeReport } from '../../../runtime/host/report/report-file.ts';
import { runReport } from '../../../runtime/host/report/run-report.ts';
import { type BacktestResult, runBacktest } from '../../../runtime/host/run-backtest.ts';
import { runValues } from '../../../runtime/host/store/run-values.ts';
import { inDialect } from '../../../runtime/metrics/dialects/dialect.ts';
import { resolveSettings } from '../../config/resolve-settings.ts';
import { DEFAULT_SETTINGS, flagShape } from '../../config/settings.ts';
import type { CommandContext } from '../../context.ts';
import { defineHandler } from '../../define-handler.ts';
import { dateOption, htmlFileOption } from '../../options/schemas.ts';
import { silentProgress } from '../../output/progress.ts';
import type { Reply } from '../../output/reply.ts';
import { VERSION } from '../../version.ts';
import { hostOptions } from '../host-options.ts';
import { localExecutor } from '../local-executor.ts';
import { checkDetach } from '../on-cluster/check-detach.ts';
import type { ClusterRuns } from '../on-cluster/on-cluster.ts';
import { remoteRuns } from '../on-cluster/remote-runs.ts';
import type { RunHolds } from '../on-cluster/run-holds.ts';
import { chunkData } from './chunk-data.ts';
import { checkGate, parseGates } from './gates.ts';
import { parseSets } from './parse-sets.ts';
import { backtestReply } from './reply.ts';

const texts = z._default(z.array(z.string()), []);

const input = z.object({
  strategy: z.string(),
  set: texts,
  from: z.optional(dateOption),
  to: z.optional(dateOption),
  failIf: texts,
  range: z.optional(z.boolean()),
  cluster: z._default(z.boolean(), false),
  detach: z._default(z.boolean(), false),
  store: z.boolean(),
  report: z.optional(z.union([z.literal(true), htmlFileOption])),
  ...flagShape,
});

export const backtest = defineHandler(input, async (options, context): Promise<Reply> => {
  const { strategy: file, cluster, detach: isDetached, failIf, range, report, store: keep, executor } = options;
  checkDetach({ cluster, detach: isDetached }, { report, range, failIf: failIf[0] });
  const asked = { file, isDetached, keep, localOnly: { executor } };
  const remote = await remoteRuns(cluster, asked, context);
  const answer = () => answerOf(options, remote, context);
  return remote === undefined ? answer() : remote.held.during(answer);
});

async function answerOf(
  options: z.output<typeof input>,
  remote: ClusterRuns | undefined,
  context: CommandContext,
): Promise<Reply> {
  const { strategy, set, from, to, failIf, range, cluster: _, detach: _detach, store, report, ...flags } = options;
  const conditions = parseGates(failIf);
  const params = parseSets(set);
  const settings = await resolveSettings(context, flags);
  const host = hostOptions(settings, context);
  const executor = remote?.executor ?? localExecutor(host.executor, context);
  const asked = { ...host, executor, file: strategy, params, from, to, range, keep: store };
  const result = await runShown(asked, remote?.held, context);
  if (result.failure === undefined) remote?.held.landed(result.run.runId);
  const dialect = settings.metrics ?? DEFAULT_SETTINGS.metrics;
  const summary = inDialect(result.run.summary, dialect);
  const optimistic = result.optimistic && inDialect(result.optimistic, dialect);
  const shown = { ...result, run: { ...result.run, summary }, ...defined({ optimistic }) };
  const values = runValues(summary);
  const gates = conditions.map(gate => checkGate(gate, values));
  const reportFile = report && (await writeRunReport(shown, report, { ...context, executor }));
  const reply = backtestReply(
    shown,
    {
      gates,
      isKept: store && result.failure === undefined,
      ...defined({ report: reportFile, task: remote?.tasks[0] }),
    },
    context.out,
  );
  if (result.failure === undefined) return reply;
  if (context.out.mode === 'text') context.out.write(reply.text());
  throw result.failure;
}

/** `held`: of a run on a cluster, which is watched there. */
async function runShown(
  options: BacktestOptions,
  held: RunHolds | undefined,
  { out }: CommandContext,
): Promise<BacktestResult> {
  const progress = held === undefined ? out.progress('Running', 'bars') : silentProgress;
  try {
    return await runBacktest({
      ...options,
      ...(held && { onPlanned: draft => held.plan({ kind: 'run', draft }) }),
      onProgress: (runId, step, steps) => {
        progress.update(step, steps);
        out.event('progress', runId, { step, steps });
      },
      ...(out.mode === 'ndjson' && { onChunk: (runId, chunk) => out.event('chunk', runId, chunkData(chunk)) }),
    });
  } finally {
    progress.stop();
  }
}

/** Returns where it is. */
async function writeRunReport(
  { run, rows }: BacktestResult,
  file: string | true,
  context: CommandContext & Pick<BacktestOptions, 'executor'>,
): Promise<string> {
  const { page, notes } = await runReport(run, rows.curve, VERSION, context);
  const path = reportPath(context.cwd, context.projectDir, run.runId, file === true ? undefined : file);
  writeReport(path, page);
  for (const note of notes) context.out.note(note);
  return path;
}
