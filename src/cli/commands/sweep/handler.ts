/** `gobool sweep`: one strategy, many sets of parameters, and how far to believe the best one. */
import * as z from 'zod/mini';
import { defined } from '../../../runtime/base/defined.ts';
import { counted, grouped } from '../../../runtime/base/format.ts';
import { reportPath, writeReport } from '../../../runtime/host/report/report-file.ts';
import { sweepReport } from '../../../runtime/host/report/sweep-report.ts';
import { runSweep } from '../../../runtime/host/sweep/run-sweep.ts';
import type { SweepOptions, SweepProgress } from '../../../runtime/host/sweep/sweep-options.ts';
import { CURVE_METRIC_NAMES } from '../../../runtime/metrics/metric-names.ts';
import { type SweepFindings, sweepFindings } from '../../../runtime/report/sweep-findings.ts';
import type { SweepOutcome } from '../../../runtime/report/sweep-outcome.ts';
import { DEFAULT_OBJECTIVE, objectiveOf } from '../../../runtime/sweep/objective.ts';
import type { SweepObjective } from '../../../runtime/sweep/sweep-result.ts';
import { resolveSettings } from '../../config/resolve-settings.ts';
import { flagShape } from '../../config/settings.ts';
import type { CommandContext } from '../../context.ts';
import { defineHandler } from '../../define-handler.ts';
import { dateOption, htmlFileOption, numberOption, whereOption } from '../../options/schemas.ts';
import { silentProgress } from '../../output/progress.ts';
import type { Reply } from '../../output/reply.ts';
import { VERSION } from '../../version.ts';
import { checkGate, parseGates } from '../backtest/gates.ts';
import { hostOptions } from '../host-options.ts';
import { localExecutor } from '../local-executor.ts';
import { checkDetach } from '../on-cluster/check-detach.ts';
import type { ClusterRuns } from '../on-cluster/on-cluster.ts';
import { remoteRuns } from '../on-cluster/remote-runs.ts';
import type { RunHolds } from '../on-cluster/run-holds.ts';
import { sweepReply } from './reply.ts';
import { settingFlags } from './setting-flags.ts';

const texts = z._default(z.array(z.string()), []);
const count = z.pipe(numberOption, z.int().check(z.positive()));
const WORKERS_MAX = 256;

const input = z.object({
  strategy: z.string(),
  param: texts,
  set: texts,
  where: whereOption,
  objective: z._default(z.string(), DEFAULT_OBJECTIVE),
  minimize: z.optional(z.boolean()),
  random: z.optional(count),
  workers: z.optional(z.pipe(count, z.int().check(z.lte(WORKERS_MAX)))),
  top: z._default(count, 10),
  fresh: z._default(z.boolean(), false),
  cluster: z._default(z.boolean(), false),
  detach: z._default(z.boolean(), false),
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
  const { strategy: file, cluster, detach: isDetached, failIf, report, store: keep, executor, workers } = options;
  checkDetach({ cluster, detach: isDetached }, { report, failIf: failIf[0] });
  const objective = objectiveOf(options.objective, options.minimize ? 'minimize' : undefined);
  const asked = { file, isDetached, keep, objective, localOnly: { executor, workers } };
  const remote = await remoteRuns(cluster, asked, context);
  const answer = () => answerOf({ ...options, objective }, settingFlags(raw), remote, context);
  return remote === undefined ? answer() : remote.held.during(answer);
});

type SweepInput = Omit<z.output<typeof input>, 'objective'> & { readonly objective: SweepObjective };

/** `settings`: as the flags that they were. */
async function answerOf(
  options: SweepInput,
  settingTexts: string,
  remote: ClusterRuns | undefined,
  context: CommandContext,
): Promise<Reply> {
  const { strategy: file, param, set, where, random, workers, fresh, from, to, store: keep, ...more } = options;
  const { objective, minimize: _, top, failIf, cluster: _cluster, detach: _detach, report, ...flags } = more;
  const { metric } = objective;
  const conditions = parseGates(failIf, [...new Set([...CURVE_METRIC_NAMES, metric]), 'finalEquity', 'fills']);
  const settings = await resolveSettings(context, flags);
  const space = { params: [...param, ...set], seed: settings.seed ?? DEFAULT_SEED, ...defined({ where, random }) };
  const asked = { file, from, to, keep, space, objective, fresh, flags: settingTexts, ...defined({ workers }) };
  const host = hostOptions(settings, context);
  const executor = remote?.pool ?? localExecutor(host.executor, context);
  const outcome = await runShown({ ...host, ...asked, executor }, remote?.held, context);
  remote?.held.landed(outcome.sweepId);
  const findings = sweepFindings(outcome);
  const { metrics, finalEquity, fills } = findings.best;
  const gates = conditions.map(condition => checkGate(condition, { ...metrics, finalEquity, fills }));
  const reportFile = report && (await writeSweepReport(outcome, findings, report, context));
  const view = { top, isKept: keep, ...defined({ report: reportFile }) };
  return sweepReply(outcome, findings, { ...view, gates, ...defined({ tasks: remote?.tasks }) }, context.out);
}

/** What is done when it is interrupted is kept, and the user should know. `held`: on a cluster, where it goes on. */
async function runShown(
  options: SweepOptions,
  held: RunHolds | undefined,
  { out, signal }: CommandContext,
): Promise<SweepOutcome> {
  const progress = held === undefined ? out.progress('Sweeping', 'runs') : silentProgress;
  let last: SweepProgress | undefined;
  const onProgress = (now: SweepProgress) => {
    last = now;
    const { runsDone, runs, resumed, barsDone } = now;
    progress.update(runsDone, runs, { before: resumed, also: { done: barsDone, unit: 'bars' } });
  };
  const onPlanned: SweepOptions['onPlanned'] =
    held && ((draft, indices) => held.plan({ kind: 'sweep', draft, indices }));
  try {
    return await runSweep({ ...options, onProgress, ...defined({ onPlanned }) });
  } catch (error) {
    if (held === undefined && signal.aborted && options.keep && last !== undefined && last.runsDone > 0) {
      const share = `${grouped(last.runsDone)} of ${counted(last.runs, 'run')}`;
      out.note(`${share} are kept: the same command${options.fresh ? ', without --fresh,' : ''} goes on from there.`);
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
