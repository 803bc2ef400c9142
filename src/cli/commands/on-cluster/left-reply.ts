import type { LeftRun } from '../../../cluster/client/left-run.ts';
import type { CommandContext } from '../../context.ts';
import type { Reply } from '../../output/reply.ts';

/**
 * What a command says that leaves its run to the cluster. After Ctrl-C a program that reads JSON gets an error, because
 * what it asked for is not there. `summary`: how the run stood; absent where nobody watched, and then its id is the
 * answer.
 */
export function leftReply(left: LeftRun, summary: string | undefined, { out, signal }: CommandContext): Reply {
  if (signal.aborted && out.mode !== 'text') throw left;
  const { runId } = left;
  out.note([left.message, ...(summary === undefined ? [] : [`It was ${summary}.`]), left.hint].join('\n'));
  return { data: { cluster: { runId } }, runId, text: () => (summary === undefined ? runId : '') };
}
