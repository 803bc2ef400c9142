/** The whole queue in the order in which workers will get its tasks: `chooseTasks` as a query. */
import type { QueueEntry, QueueView } from '../../../contracts/http/queue-view.ts';
import type { Queries } from '../../../ports/sql.ts';

const TAKEN = `state IN ('dispatched', 'running')`;

const RANKS = `
  waiting AS (
    SELECT key_id, run_id, priority, place, number,
      row_number() OVER (PARTITION BY key_id ORDER BY priority DESC, place, number) AS turn
    FROM gobool.tasks WHERE state = 'queued'
  ), keys AS (
    SELECT key_id,
      (SELECT count(*) FROM gobool.tasks WHERE key_id = own.key_id AND ${TAKEN}) AS busy,
      (SELECT max(dispatched_ms) FROM gobool.tasks WHERE key_id = own.key_id) AS served_ms
    FROM (SELECT DISTINCT key_id FROM waiting) AS own
  ), ranks AS (
    SELECT run_id, row_number() OVER (ORDER BY priority DESC, busy + turn, served_ms, place, number) AS rank
    FROM waiting JOIN keys USING (key_id)
  )`;

const POSITIONS = `
  WITH ${RANKS}
  SELECT run_id AS "runId", (min(rank) - 1)::int AS ahead FROM ranks WHERE run_id = ANY($1) GROUP BY run_id`;

const ENTRIES = `
  WITH ${RANKS}, of_runs AS (
    SELECT run_id, count(*) AS waiting, min(rank) - 1 AS position FROM ranks GROUP BY run_id
  )
  SELECT run_id AS "runId", name, key_id AS "keyId", priority, waiting::int,
    (SELECT count(*)::int FROM gobool.tasks WHERE tasks.run_id = of_runs.run_id AND ${TAKEN}) AS running,
    position::int, submitted_ms::float8 AS "submittedMs"
  FROM of_runs JOIN gobool.runs USING (run_id) ORDER BY position LIMIT $1`;

const TOTALS = `
  SELECT (SELECT count(*)::int FROM gobool.tasks WHERE state = 'queued') AS waiting,
    (SELECT count(*)::int FROM gobool.tasks WHERE ${TAKEN}) AS running`;

const PENDING = `
  SELECT (SELECT count(*)::int FROM gobool.tasks WHERE key_id = $1 AND state = 'queued')
    + (SELECT count(*)::int FROM gobool.tasks WHERE key_id = $1 AND ${TAKEN}) AS tasks`;

/** By run, how many tasks of others go before its first waiting one; absent where none waits. */
export async function positions(queries: Queries, runIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (runIds.length === 0) return new Map();
  const rows = await queries.query<{ runId: string; ahead: number }>(POSITIONS, [runIds]);
  return new Map(rows.map(({ runId, ahead }) => [runId, ahead]));
}

/** `limit`: of the entries. */
export async function queueView(queries: Queries, limit: number): Promise<QueueView> {
  const entries = await queries.query<QueueEntry>(ENTRIES, [limit]);
  const [totals] = await queries.query<Pick<QueueView, 'waiting' | 'running'>>(TOTALS);
  return { entries: [...entries], waiting: totals?.waiting ?? 0, running: totals?.running ?? 0 };
}

/** Tasks of the key that wait or that workers have. */
export async function pendingTasks(queries: Queries, keyId: string): Promise<number> {
  const [row] = await queries.query<{ tasks: number }>(PENDING, [keyId]);
  return row?.tasks ?? 0;
}
