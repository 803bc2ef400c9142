/** `gobool backtest`: one strategy, one run, one result. */
import * as z from 'zod/mini';
import type { TaskEvidence } from '../../../cluster/client/run-follower.ts';
import { defined } from '../../../runtime/base/defined.ts';
import type { BacktestOptions } from '../../../runtime/host/backtest-options.ts';
import { reportPath, writeReport } from '../../../runtime/host/report/report-file.ts';
import { runReport } from '../../../runtime/host/report/run-report.ts';
import { type BacktestResult, runBacktest } from '../../../runtime/host/run-backtest.ts';
import { runValues } from '../../../runtime/host/store/run-values.ts';
import { inDialect } from '../../../runtime/metrics/dialects/dialect.ts';
import { backtestData } from '../../../runtime/report/json.ts';
import { renderBacktest } from '../../../runtime/report/text.ts';
import { resolveSettings } from '../../config/resolve-settings.ts';
import { DEFAULT_SETTINGS, flagShape } from '../../config/settings.ts';
import type { CommandContext } from '../../context.ts';
import { defineHandler } from '../../define-handler.ts';
import { dateOption, htmlFileOption } from '../../options/schemas.ts';
import type { Output } from '../../output/output.ts';
import type { Reply } from '../../output/reply.ts';
import { textStyle } from '../../output/text-style.ts';
import { VERSION } from '../../version.ts';
import { hostOptions } from '../host-options.ts';
import { localExecutor } from '../local-executor.ts';
import { evidenceText } from '../on-cluster/evidence-text.ts';
import { remoteRuns } from '../on-cluster/remote-runs.ts';
import { chunkData } from './chunk-data.ts';
import { checkGate, EXIT_GATE_FAILED, type Gate, gatesText, gateWarnings, parseGates } from './gates.ts';
import { parseSets } from './parse-sets.ts';

const texts = z._default(z.array(z.string()), []);

const input = z.object({
  strategy: z.string(),
  set: texts,
  from: z.optional(dateOption),
  to: z.optional(dateOption),
  failIf: texts,
  range: z.optional(z.boolean()),
  cluster: z._default(z.boolean(), false),
  store: z.boolean(),
  report: z.optional(z.union([z.literal(true), htmlFileOption])),
  ...flagShape,
});

export const backtest = defineHandler(input, async (options, context): Promise<Reply> => {
  const { strategy, set, from, to, failIf, range, cluster, store, report, ...flags } = options;
  const conditions = parseGates(failIf);
  const params = parseSets(set);
  const settings = await resolveSettings(context, flags);
  const remote = await remoteRuns(cluster, strategy, { executor: flags.executor }, context);
  const host = hostOptions(settings, context);
  const executor = remote?.executor ?? localExecutor(host.executor, context);
  const asked = { ...host, executor, file: strategy, params, from, to, range, keep: store };
  const result = await runShown(asked, context);
  const dialect = settings.metrics ?? DEFAULT_SETTINGS.metrics;
  const summary = inDialect(result.run.summary, dialect);
  const optimistic = result.optimistic && inDialect(result.optimistic, dialect);
  const shown = { ...result, run: { ...result.run, summary }, ...defined({ optimistic }) };
  const values = runValues(summary);
  const gates = conditions.map(gate => checkGate(gate, values));
  const reportFile = report && (await writeRunReport(shown, report, { ...context, executor }));
  const reply = replyOf(shown, gates, context.out, { ...defined({ report: reportFile, task: remote?.tasks[0] }) });
  if (result.failure === undefined) return reply;
  if (context.out.mode === 'text') context.out.write(reply.text());
  throw result.failure;
});

async function runShown(options: BacktestOptions, { out }: CommandContext): Promise<BacktestResult> {
  const progress = out.progress('Running', 'bars');
  try {
    return await runBacktest({
      ...options,
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

/** What a reply tells of beside the result. */
interface Beside {
  /** Where the report is. */
  readonly report?: string;
  /** Who ran it, on a cluster. */
  readonly task?: TaskEvidence;
}

function replyOf(
  { run, rows, optimistic }: BacktestResult,
  gates: readonly Gate[],
  out: Output,
  { report, task }: Beside,
): Reply {
  const { summary, runId } = run;
  const style = textStyle(out);
  return {
    data: {
      ...backtestData(summary, run, optimistic),
      ...(gates.length > 0 && { gates }),
      ...(report && { report }),
      ...(task && { cluster: task }),
    },
    warnings: [...summary.warnings, ...gateWarnings(gates)],
    runId,
    text: () =>
      renderBacktest(summary, { ...run, equity: rows.curve, ...defined({ report, optimistic }) }, style) +
      (task ? evidenceText(task, style) : '') +
      gatesText(gates, out.paint),
    ...(gates.some(gate => gate.failed) && { exitCode: EXIT_GATE_FAILED }),
  };
}
