/** `gobool sweep`: one strategy, many sets of parameters, and how far to believe the best one. */
import * as z from 'zod/mini';
import type { TaskEvidence } from '../../../cluster/client/run-follower.ts';
import { defined } from '../../../runtime/base/defined.ts';
import { counted, grouped } from '../../../runtime/base/format.ts';
import { reportPath, writeReport } from '../../../runtime/host/report/report-file.ts';
import { sweepReport } from '../../../runtime/host/report/sweep-report.ts';
import { runSweep } from '../../../runtime/host/sweep/run-sweep.ts';
import type { SweepOptions, SweepProgress } from '../../../runtime/host/sweep/sweep-options.ts';
import { CURVE_METRIC_NAMES } from '../../../runtime/metrics/metric-names.ts';
import { type SweepFindings, sweepFindings } from '../../../runtime/report/sweep-findings.ts';
import { sweepData } from '../../../runtime/report/sweep-json.ts';
import type { SweepOutcome } from '../../../runtime/report/sweep-outcome.ts';
import { renderSweep, type SweepView } from '../../../runtime/report/sweep-text.ts';
import { DEFAULT_OBJECTIVE, objectiveOf } from '../../../runtime/sweep/objective.ts';
import { resolveSettings } from '../../config/resolve-settings.ts';
import { flagShape } from '../../config/settings.ts';
import type { CommandContext } from '../../context.ts';
import { defineHandler } from '../../define-handler.ts';
import { dateOption, htmlFileOption, numberOption } from '../../options/schemas.ts';
import type { Output } from '../../output/output.ts';
import type { Reply } from '../../output/reply.ts';
import { textStyle } from '../../output/text-style.ts';
import { VERSION } from '../../version.ts';
import { checkGate, EXIT_GATE_FAILED, type Gate, gatesText, gateWarnings, parseGates } from '../backtest/gates.ts';
import { hostOptions } from '../host-options.ts';
import { localExecutor } from '../local-executor.ts';
import { remoteRuns } from '../on-cluster/remote-runs.ts';
import { settingFlags } from './setting-flags.ts';

const texts = z._default(z.array(z.string()), []);
const count = z.pipe(numberOption, z.int().check(z.positive()));
const WORKERS_MAX = 256;

const input = z.object({
  strategy: z.string(),
  param: texts,
  set: texts,
  where: z.optional(z.string()),
  objective: z._default(z.string(), DEFAULT_OBJECTIVE),
  minimize: z.optional(z.boolean()),
  random: z.optional(count),
  workers: z.optional(z.pipe(count, z.int().check(z.lte(WORKERS_MAX)))),
  top: z._default(count, 10),
  fresh: z._default(z.boolean(), false),
  cluster: z._default(z.boolean(), false),
  from: z.optional(dateOption),
  to: z.optional(dateOption),
  failIf: texts,
  store: z.boolean(),
  report: z.optional(z.union([z.literal(true), htmlFileOption])),
  ...flagShape,
});

/** Seed of the draw where `--seed` does not say one. */
const DEFAULT_SEED = 1;

export const sweep = defineHandler(input, async (options, context, raw): Promise<Reply> => {
  const { strategy: file, param, set, where, random, workers, fresh, from, to, store: keep, ...more } = options;
  const { objective: metric, minimize, top, failIf, cluster, report, ...flags } = more;
  const objective = objectiveOf(metric, minimize ? 'minimize' : undefined);
  const conditions = parseGates(failIf, [...new Set([...CURVE_METRIC_NAMES, metric]), 'finalEquity', 'fills']);
  const settings = await resolveSettings(context, flags);
  const space = { params: [...param, ...set], seed: settings.seed ?? DEFAULT_SEED, ...defined({ where, random }) };
  const asked = { file, from, to, keep, space, objective, fresh, flags: settingFlags(raw), ...defined({ workers }) };
  const remote = await remoteRuns(cluster, file, { executor: flags.executor, workers }, context);
  const host = hostOptions(settings, context);
  const executor = remote?.pool ?? localExecutor(host.executor, context);
  const outcome = await runShown({ ...host, ...asked, executor }, context);
  const findings = sweepFindings(outcome);
  const { metrics, finalEquity, fills } = findings.best;
  const gates = conditions.map(condition => checkGate(condition, { ...metrics, finalEquity, fills }));
  const reportFile = report && (await writeSweepReport(outcome, findings, report, context));
  const view = { top, flags: settingFlags(raw), isKept: keep, ...defined({ report: reportFile }) };
  return replyOf(outcome, findings, gates, { ...view, ...defined({ tasks: remote?.tasks }) }, context.out);
});

/** What is done when it is interrupted is kept, and the user should know. */
async function runShown(options: SweepOptions, { out, signal }: CommandContext): Promise<SweepOutcome> {
  const progress = out.progress('Sweeping', 'runs');
  let last: SweepProgress | undefined;
  const onProgress = (now: SweepProgress) => {
    last = now;
    const { runsDone, runs, resumed, barsDone } = now;
    progress.update(runsDone, runs, { before: resumed, also: { done: barsDone, unit: 'bars' } });
  };
  try {
    return await runSweep({ ...options, onProgress });
  } catch (error) {
    if (signal.aborted && options.keep && last !== undefined && last.runsDone > 0) {
      const share = `${grouped(last.runsDone)} of ${counted(last.runs, 'run')}`;
      out.note(`${share} are kept: the same command goes on from there.`);
    }
    throw error;
  } finally {
    progress.stop();
  }
}

/** Returns where it is. */
async function writeSweepReport(
  outcome: SweepOutcome,
  findings: SweepFindings,
  file: string | true,
  { cwd, projectDir }: CommandContext,
): Promise<string> {
  const path = reportPath(cwd, projectDir, outcome.sweepId, file === true ? undefined : file);
  writeReport(path, await sweepReport(outcome, findings, VERSION));
  return path;
}

function replyOf(
  outcome: SweepOutcome,
  findings: SweepFindings,
  gates: readonly Gate[],
  view: SweepView & { readonly tasks?: readonly TaskEvidence[] },
  out: Output,
): Reply {
  const { report, tasks } = view;
  return {
    data: {
      ...sweepData(outcome, findings),
      ...(gates.length > 0 && { gates }),
      ...(report && { report }),
      ...(tasks && { cluster: { tasks } }),
    },
    warnings: [...findings.warnings, ...gateWarnings(gates)],
    text: () => renderSweep(outcome, findings, view, textStyle(out)) + gatesText(gates, out.paint),
    ...(gates.some(gate => gate.failed) && { exitCode: EXIT_GATE_FAILED }),
  };
}
