/** What `gobool sweep` answers, and whoever else shows a sweep as if it had just been made. */
import type { TaskEvidence } from '../../../cluster/client/run-follower.ts';
import type { SweepFindings } from '../../../runtime/report/sweep-findings.ts';
import { sweepData } from '../../../runtime/report/sweep-json.ts';
import type { SweepOutcome } from '../../../runtime/report/sweep-outcome.ts';
import { renderSweep, type SweepView } from '../../../runtime/report/sweep-text.ts';
import type { Output } from '../../output/output.ts';
import type { Reply } from '../../output/reply.ts';
import { textStyle } from '../../output/text-style.ts';
import { EXIT_GATE_FAILED, type Gate, gatesText, gateWarnings } from '../backtest/gates.ts';

/** What a reply tells of beside the result. */
interface Beside extends SweepView {
  readonly gates?: readonly Gate[];
  /** Who ran it, on a cluster. */
  readonly tasks?: readonly TaskEvidence[];
}

export function sweepReply(outcome: SweepOutcome, findings: SweepFindings, beside: Beside, out: Output): Reply {
  const { gates = [], tasks, ...view } = beside;
  return {
    data: {
      ...sweepData(outcome, findings),
      ...(gates.length > 0 && { gates }),
      ...(view.report && { report: view.report }),
      ...(tasks && { cluster: { tasks } }),
    },
    warnings: [...findings.warnings, ...gateWarnings(gates)],
    text: () => renderSweep(outcome, findings, view, textStyle(out)) + gatesText(gates, out.paint),
    ...(gates.some(gate => gate.failed) && { exitCode: EXIT_GATE_FAILED }),
  };
}
