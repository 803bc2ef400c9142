/** Where runs wait: `chooseTasks` for the whole queue, as one query. */
import type { Queries } from '../../../ports/sql.ts';

const POSITIONS = `
  WITH waiting AS (
    SELECT key_id, run_id, priority, place, number,
      row_number() OVER (PARTITION BY key_id ORDER BY priority DESC, place, number) AS turn
    FROM gobool.tasks WHERE state = 'queued'
  ), keys AS (
    SELECT key_id,
      (SELECT count(*) FROM gobool.tasks WHERE key_id = own.key_id AND state IN ('dispatched', 'running')) AS busy,
      (SELECT max(dispatched_ms) FROM gobool.tasks WHERE key_id = own.key_id) AS served_ms
    FROM (SELECT DISTINCT key_id FROM waiting) AS own
  ), ranks AS (
    SELECT run_id, row_number() OVER (ORDER BY priority DESC, busy + turn, served_ms, place, number) AS rank
    FROM waiting JOIN keys USING (key_id)
  )
  SELECT run_id AS "runId", (min(rank) - 1)::int AS ahead FROM ranks WHERE run_id = ANY($1) GROUP BY run_id`;

/** By run, how many tasks of others go before its first waiting one; absent where none waits. */
export async function positions(queries: Queries, runIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (runIds.length === 0) return new Map();
  const rows = await queries.query<{ runId: string; ahead: number }>(POSITIONS, [runIds]);
  return new Map(rows.map(({ runId, ahead }) => [runId, ahead]));
}
