/** `gobool queue move`: another priority for a run, or another place among those of its own. */
import * as z from 'zod/mini';
import { GoboolError } from '../../../runtime/base/error.ts';
import { defineHandler } from '../../define-handler.ts';
import { numberOption } from '../../options/schemas.ts';
import { endOf, findOrRecall } from '../on-cluster/cluster-runs.ts';
import { openDesk } from '../on-cluster/open-desk.ts';
import { shortId } from '../on-cluster/short-ids.ts';

const input = z.object({
  run: z.string(),
  priority: z.optional(z.pipe(numberOption, z.int().check(z.gte(-100), z.lte(100)))),
  to: z.optional(z.enum(['front', 'back'])),
});

export const queueMove = defineHandler(input, async ({ run, priority, to }, context) => {
  if (priority === undefined && to === undefined)
    throw new GoboolError('GB_USAGE', 'Where to?', { hint: 'Give --priority <number>, --to front or --to back.' });
  const desk = await openDesk(context);
  const runId = await findOrRecall(desk, run, context.projectDir);
  const shown = context.out.paint('cyan', shortId(runId));
  const end = await endOf(desk, runId);
  const data = { runId, priority: priority ?? null, to: to ?? null, over: end ?? null };
  if (end) return { data, runId, text: () => `${shown} is ${end} already: nothing of it waits.` };
  await desk.moveRun(runId, { ...(priority !== undefined && { priority }), ...(to && { to }) });
  const where = [priority !== undefined && `to priority ${priority}`, to && `to the ${to}`].filter(Boolean).join(', ');
  const text = () => `${shown} moves ${where}. \`gobool queue ls\` shows the order.`;
  return { data, runId, text };
});
