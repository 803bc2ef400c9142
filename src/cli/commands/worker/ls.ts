/** `gobool worker ls`: the workers of a cluster, on whatever machine, and what they do. */
import * as z from 'zod/mini';
import type { WorkerView } from '../../../cluster/contracts/http/queue-view.ts';
import { counted } from '../../../runtime/base/format.ts';
import { defineHandler } from '../../define-handler.ts';
import type { Output } from '../../output/output.ts';
import { type Column, tableText } from '../../output/table.ts';
import { openDesk } from '../on-cluster/open-desk.ts';
import { shortTaskId } from '../on-cluster/short-ids.ts';
import { stateStyle } from '../on-cluster/state-style.ts';

const NONE = '-';

export const workerLs = defineHandler(z.object({}), async (_options, context) => {
  const { workers } = await (await openDesk(context)).workers();
  return { data: { workers }, text: () => listText(workers, context.out) };
});

const COLUMNS: readonly Column[] = [
  { title: 'worker', style: 'cyan' },
  { title: 'state', style: stateStyle },
  { title: 'task' },
  { title: 'taken', align: 'right' },
  { title: 'cpu', align: 'right' },
  { title: 'process', align: 'right' },
  { title: 'partition', align: 'right' },
  { title: 'host', shrinks: true, style: 'dim' },
];

function listText(workers: readonly WorkerView[], out: Output): string {
  if (workers.length === 0) return 'No worker listens: look at `gobool cluster status`, or run `gobool worker start`.';
  const rows = workers.map(({ workerId, state, taskId, slot, cpu, pid, partition, host }) => [
    workerId,
    state,
    taskId === undefined ? NONE : shortTaskId(taskId),
    String(slot),
    String(cpu ?? NONE),
    String(pid),
    String(partition),
    host,
  ]);
  const busy = workers.filter(({ state }) => state === 'busy').length;
  const total = out.paint('dim', `${counted(workers.length, 'worker')}, ${busy} busy.`);
  return `${tableText(COLUMNS, rows, out)}\n\n${total}`;
}
