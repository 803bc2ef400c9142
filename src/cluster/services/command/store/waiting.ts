/** What a dispatch chooses from. */
import type { WorkerOffer } from '../../../contracts/cluster-objects.ts';
import type { RunSpec } from '../../../contracts/run-spec.ts';
import type { Queries } from '../../../ports/sql.ts';
import type { Cause } from '../../common/trace.ts';
import type { Candidate } from '../choose-tasks.ts';
import type { DueTimes } from '../due.ts';

/** An offer may be older than what this database knows: its slot was used if a task names it, or a later one. */
const OPEN_SLOTS = `
  SELECT offers.worker AS "workerId"
  FROM unnest($1::text[], $2::int[]) AS offers(worker, slot)
  WHERE NOT EXISTS (SELECT FROM gobool.tasks WHERE worker_id = offers.worker AND tasks.slot >= offers.slot)`;

/** The first ones of every key, so that the queue's length costs little. */
const CANDIDATES = `
  WITH RECURSIVE keys AS (
    (SELECT key_id FROM gobool.tasks WHERE state = 'queued' ORDER BY key_id LIMIT 1)
    UNION ALL
    SELECT (
      SELECT key_id FROM gobool.tasks WHERE state = 'queued' AND tasks.key_id > keys.key_id ORDER BY key_id LIMIT 1
    )
    FROM keys WHERE keys.key_id IS NOT NULL
  )
  SELECT first.*, (
    SELECT count(*)::int FROM gobool.tasks WHERE tasks.key_id = keys.key_id AND state IN ('dispatched', 'running')
  ) AS busy, (
    SELECT max(dispatched_ms)::float8 FROM gobool.tasks WHERE tasks.key_id = keys.key_id
  ) AS "servedMs"
  FROM keys CROSS JOIN LATERAL (
    SELECT task_id AS "taskId", key_id AS "keyId", priority, place::float8 AS place, number
    FROM gobool.tasks
    WHERE tasks.key_id = keys.key_id AND state = 'queued' AND (not_before_ms <= $2 OR not_before_ms > $3)
    ORDER BY priority DESC, place, number LIMIT $1
  ) AS first`;

export async function openSlots(queries: Queries, offers: readonly WorkerOffer[]): Promise<readonly WorkerOffer[]> {
  const columns = [offers.map(({ workerId }) => workerId), offers.map(({ slot }) => slot)];
  const rows = await queries.query<{ workerId: string }>(OPEN_SLOTS, columns);
  const open = new Set(rows.map(({ workerId }) => workerId));
  return offers.filter(({ workerId }) => open.has(workerId));
}

/** At least the first `count` of every key that may run now. */
export const waitingTasks = (
  queries: Queries,
  count: number,
  { nowMs, neverMs }: DueTimes,
): Promise<readonly Candidate[]> => queries.query<Candidate>(CANDIDATES, [count, nowMs, neverMs]);

export interface Order extends Cause {
  readonly runId: string;
  readonly spec: RunSpec;
}

/** What runs ask for; it never changes. */
export async function ordersOf(queries: Queries, runIds: readonly string[]): Promise<ReadonlyMap<string, Order>> {
  const text = `
    SELECT run_id AS "runId", spec, correlation_id AS "correlationId", traceparent
    FROM gobool.runs WHERE run_id = ANY($1)`;
  const orders = await queries.query<Order>(text, [runIds]);
  return new Map(orders.map(order => [order.runId, order]));
}
