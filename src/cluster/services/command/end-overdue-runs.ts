/** Runs that are not over by their deadline fail. */
import type { Sql } from '../../ports/sql.ts';
import { endRun } from './end-run.ts';
import { decideDeadline } from './run/decide-run.ts';

const RUNS_AT_ONCE = 100;
const OVERDUE = `
  SELECT run_id AS "runId" FROM gobool.runs
  WHERE deadline_ms IS NOT NULL AND deadline_ms <= $1 AND state IN ('queued', 'running', 'hospital')
  ORDER BY deadline_ms LIMIT ${RUNS_AT_ONCE}`;

/** Resolves to how many ended. */
export async function endOverdueRuns(sql: Sql): Promise<number> {
  const overdue = await sql.query<{ runId: string }>(OVERDUE, [Date.now()]);
  let ended = 0;
  for (const { runId } of overdue) ended += Number(await endRun(sql, runId, decideDeadline));
  return ended;
}
