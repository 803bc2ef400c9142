/** `gobool queue ls`: runs of which tasks wait, in the order in which workers will get them. */
import * as z from 'zod/mini';
import type { QueueEntry, QueueView } from '../../../cluster/contracts/http/queue-view.ts';
import { counted } from '../../../runtime/base/format.ts';
import { timeJson } from '../../../runtime/report/format.ts';
import { defineHandler } from '../../define-handler.ts';
import { PAGE_MAX, pageOption } from '../../options/schemas.ts';
import type { Output } from '../../output/output.ts';
import { ageText } from '../../output/quantities.ts';
import { type Column, tableText } from '../../output/table.ts';
import { openDesk } from '../on-cluster/open-desk.ts';
import { shortId } from '../on-cluster/short-ids.ts';

export const queueLs = defineHandler(z.object({ limit: pageOption }), async ({ limit }, context) => {
  const queue = await (await openDesk(context)).queue(limit);
  const { entries, ...counts } = queue;
  return { data: { ...counts, entries: entries.map(entryData) }, text: () => queueText(queue, context.out) };
});

const entryData = ({ submittedMs, ...entry }: QueueEntry) => ({ ...entry, submitted: timeJson(submittedMs) });

const COLUMNS: readonly Column[] = [
  { title: 'position', align: 'right' },
  { title: 'run', style: 'cyan' },
  { title: 'priority', align: 'right' },
  { title: 'waiting', align: 'right' },
  { title: 'running', align: 'right' },
  { title: 'age', align: 'right', style: 'dim' },
  { title: 'key', style: 'dim' },
  { title: 'name', shrinks: true },
];

function queueText({ entries, waiting, running }: QueueView, out: Output): string {
  const isAll = entries.reduce((sum, entry) => sum + entry.waiting, 0) >= waiting;
  const more = isAll ? '' : ` More runs than these wait: --limit shows up to ${PAGE_MAX}.`;
  const total = out.paint('dim', `${counted(waiting, 'task')} waiting, ${running} running.${more}`);
  if (entries.length === 0)
    return running === 0 ? 'Nothing waits, nothing runs.' : `Nothing waits, ${running} running.`;
  const nowMs = out.nowMs();
  const rows = entries.map(entry => [
    String(entry.position),
    shortId(entry.runId),
    String(entry.priority),
    String(entry.waiting),
    String(entry.running),
    ageText(nowMs - entry.submittedMs),
    entry.keyId,
    entry.name,
  ]);
  return `${tableText(COLUMNS, rows, out)}\n\n${total}`;
}
