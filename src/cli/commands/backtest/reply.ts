/** What `gobool backtest` answers, and whoever else shows a run as if it had just been made. */
import type { TaskEvidence } from '../../../cluster/client/run-follower.ts';
import { defined } from '../../../runtime/base/defined.ts';
import type { BacktestResult } from '../../../runtime/host/run-backtest.ts';
import { backtestData } from '../../../runtime/report/json.ts';
import { renderBacktest } from '../../../runtime/report/text.ts';
import type { Output } from '../../output/output.ts';
import type { Reply } from '../../output/reply.ts';
import { textStyle } from '../../output/text-style.ts';
import { evidenceText } from '../on-cluster/evidence-text.ts';
import { EXIT_GATE_FAILED, type Gate, gatesText, gateWarnings } from './gates.ts';

/** What a reply tells of beside the result. */
interface Beside {
  readonly gates?: readonly Gate[];
  /** Where the report is. */
  readonly report?: string;
  readonly isKept?: boolean;
  /** Who ran it, on a cluster. */
  readonly task?: TaskEvidence;
}

export function backtestReply(
  { run, rows, optimistic }: BacktestResult,
  { gates = [], report, isKept, task }: Beside,
  out: Output,
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
      renderBacktest(summary, { ...run, equity: rows.curve, ...defined({ report, isKept, optimistic }) }, style) +
      (task ? evidenceText(task, style) : '') +
      gatesText(gates, out.paint),
    ...(gates.some(gate => gate.failed) && { exitCode: EXIT_GATE_FAILED }),
  };
}
