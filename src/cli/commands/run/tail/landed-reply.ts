import { GoboolError } from '../../../../runtime/base/error.ts';
import { isSweepId, readSweep } from '../../../../runtime/host/sweep/sweep-store.ts';
import { sweepFindings } from '../../../../runtime/report/sweep-findings.ts';
import type { CommandContext } from '../../../context.ts';
import type { Reply } from '../../../output/reply.ts';
import { sweepReply } from '../../sweep/reply.ts';
import { runShow } from '../show.ts';

/** What the project keeps of a run that has landed, under its own id. Undefined where it was removed since. */
export async function landedReply(id: string, context: CommandContext): Promise<Reply | undefined> {
  try {
    return isSweepId(id) ? showSweep(id, context) : await runShow({ run: id }, context);
  } catch (error) {
    if (error instanceof GoboolError && ['GB_RUN_MISSING', 'GB_SWEEP_MISSING'].includes(error.code)) return undefined;
    throw error;
  }
}

function showSweep(id: string, { projectDir, out }: CommandContext): Reply {
  const outcome = readSweep(projectDir, id);
  return sweepReply(outcome, sweepFindings(outcome), { top: 10, isKept: true }, out);
}
