/** Gives waiting tasks to idle workers: one transaction, one replica at a time. */
import { assert } from '../../../runtime/base/assert.ts';
import type { WorkerOffer } from '../../contracts/cluster-objects.ts';
import { taskStart } from '../../contracts/messages/task-start.ts';
import type { Queries, Sql } from '../../ports/sql.ts';
import { crashPoint } from '../common/crash-point.ts';
import { chooseTasks } from './choose-tasks.ts';
import { dueTimes } from './due.ts';
import type { Policies } from './hospital/policies.ts';
import { taskSpec } from './run/task-spec.ts';
import { settle } from './settle.ts';
import { Changes } from './store/changes.ts';
import { outboxRow } from './store/outbox.ts';
import type { OutboxRow } from './store/tables.ts';
import { type Order, openSlots, ordersOf, waitingTasks } from './store/waiting.ts';
import { decideTask, RETURN_PAUSE_MAX_MS } from './task/decide-task.ts';
import type { Task } from './task/task.ts';

/** Any number, the same for all replicas. */
const DISPATCHER_LOCK = 141_421_356;

/** `offers`: of workers that say they are idle. Resolves to how many tasks were dispatched. */
export async function dispatchTasks(sql: Sql, offers: readonly WorkerOffer[], policies: Policies): Promise<number> {
  const count = await sql.transaction(queries => dispatch(queries, offers, policies));
  if (count > 0) crashPoint('command.after_dispatch');
  return count;
}

async function dispatch(queries: Queries, offers: readonly WorkerOffer[], policies: Policies): Promise<number> {
  const [lock] = await queries.query<{ mine: boolean }>(`SELECT pg_try_advisory_xact_lock(${DISPATCHER_LOCK}) AS mine`);
  const open = lock?.mine ? await openSlots(queries, offers) : [];
  if (open.length === 0) return 0;
  const changes = new Changes(queries, Date.now());
  const due = dueTimes(policies, changes.nowMs, RETURN_PAUSE_MAX_MS);
  const chosen = chooseTasks(await waitingTasks(queries, open.length, due), open.length);
  await changes.lockWaitingTasks(chosen.map(({ taskId }) => taskId));
  const starts = await assign(queries, changes, open);
  if (starts.length > 0) await settle(queries, changes, starts);
  return starts.length;
}

/** One task for each offer, as far as there are any. */
async function assign(queries: Queries, changes: Changes, open: readonly WorkerOffer[]): Promise<readonly OutboxRow[]> {
  const tasks = changes.tasks.all();
  const orders = await ordersOf(queries, [...new Set(tasks.map(({ runId }) => runId))]);
  return tasks.flatMap((task, i) => {
    const offer = open[i];
    const order = orders.get(task.runId);
    return offer === undefined || order === undefined ? [] : [start(changes, task, offer, order)];
  });
}

function start(changes: Changes, task: Task, { workerId, slot, partition }: WorkerOffer, order: Order): OutboxRow {
  const { taskId, runId, number } = task;
  const event = decideTask(task, { type: 'dispatch', workerId, slot, partition }, changes.nowMs);
  assert(event !== undefined, 'it waits, and it is locked');
  const { attempt } = changes.tasks.append(taskId, event);
  const message = { taskId, runId, attempt, workerId, slot, spec: taskSpec(order.spec, number) };
  return outboxRow(taskStart, message, { key: taskId, cause: order, partition });
}
