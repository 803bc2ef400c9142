/** `gobool backtest`: one strategy, one run, one result. */
import * as z from 'zod/mini';
import type { BacktestOptions } from '../../../runtime/host/backtest-options.ts';
import { type BacktestResult, runBacktest } from '../../../runtime/host/run-backtest.ts';
import { runValues } from '../../../runtime/host/store/run-values.ts';
import { backtestData } from '../../../runtime/report/json.ts';
import { renderBacktest } from '../../../runtime/report/text.ts';
import { resolveSettings } from '../../config/resolve-settings.ts';
import { flagShape, type Settings } from '../../config/settings.ts';
import type { CommandContext } from '../../context.ts';
import { defineHandler } from '../../define-handler.ts';
import { dateOption } from '../../options/schemas.ts';
import type { Output } from '../../output/output.ts';
import type { Reply } from '../../output/reply.ts';
import { textStyle } from '../../output/text-style.ts';
import { chunkData } from './chunk-data.ts';
import { checkGate, EXIT_GATE_FAILED, type Gate, gateText, gateWarnings, parseGates } from './gates.ts';
import { parseSets } from './parse-sets.ts';

const texts = z._default(z.array(z.string()), []);

const input = z.object({
  strategy: z.string(),
  set: texts,
  from: z.optional(dateOption),
  to: z.optional(dateOption),
  failIf: texts,
  store: z.boolean(),
  ...flagShape,
});

export const backtest = defineHandler(input, async (options, context): Promise<Reply> => {
  const { strategy, set, from, to, failIf, store, ...flags } = options;
  const conditions = parseGates(failIf);
  const params = parseSets(set);
  const settings = await resolveSettings(context, flags);
  const result = await runShown(
    { ...hostOptions(settings, context), file: strategy, params, from, to, keep: store },
    context,
  );
  const values = runValues(result.run.summary);
  const gates = conditions.map(gate => checkGate(gate, values));
  const reply = replyOf(result, gates, context.out);
  if (result.failure === undefined) return reply;
  if (context.out.mode === 'text') context.out.write(reply.text());
  throw result.failure;
});

function hostOptions(settings: Settings, { cwd, projectDir, signal }: CommandContext) {
  const { data = {}, prices = 'adjusted', executor = 'thread', limits = {}, ...account } = settings;
  return { cwd, projectDir, signal, data, prices, executor, limits, account } as const;
}

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

function replyOf({ run, rows }: BacktestResult, gates: readonly Gate[], out: Output): Reply {
  const { summary, runId } = run;
  return {
    data: { ...backtestData(summary, run), ...(gates.length > 0 && { gates }) },
    warnings: [...summary.warnings, ...gateWarnings(gates)],
    runId,
    text: () => renderBacktest(summary, { ...run, equity: rows.curve }, textStyle(out)) + gatesText(gates, out),
    ...(gates.some(gate => gate.failed) && { exitCode: EXIT_GATE_FAILED }),
  };
}

function gatesText(gates: readonly Gate[], { paint }: Output): string {
  return gates.length === 0 ? '' : `\n${gates.map(gate => gateText(gate, paint)).join('\n')}\n`;
}
