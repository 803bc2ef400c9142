/**
 * What command's tables and events say of the load when it is over: everything that was accepted is done (L), nothing
 * was written by a stale attempt (F), and the rows are what their events add up to.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Queries, Sql } from '../ports/sql.ts';
import { rebuild } from '../services/command/rebuild.ts';
import { type HistoryEvent, taskOffences } from './task-history.ts';
import type { Witness } from './witness.ts';

interface RunRow {
  readonly runId: string;
  readonly state: string;
  readonly total: number;
  readonly completed: number;
}

/** How a task ended, as its worker said. */
export interface DoneTask {
  readonly taskId: string;
  readonly pieces: number;
  readonly rootHash: string;
}

type EventRow = HistoryEvent & Partial<DoneTask> & { readonly taskId: string };

const RUNS = `SELECT run_id AS "runId", state, total, completed FROM gobool.runs WHERE run_id = ANY($1)`;
const OPEN_RUNS = `SELECT run_id AS "runId" FROM gobool.runs WHERE state IN ('queued', 'running')`;
const EVENTS = `
  SELECT e.stream AS "taskId", e.version, e.type, (e.data->>'attempt')::int AS attempt,
    (e.data->>'pieces')::int AS pieces, e.data->>'rootHash' AS "rootHash"
  FROM gobool.events e JOIN gobool.tasks t ON e.stream = t.task_id
  WHERE t.run_id = ANY($1) ORDER BY e.stream, e.version`;

/** A user has a result from join a moment before command has noted its end. */
const NOTED_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 100;

/** Resolves to the tasks of the load that were done. `foreign`: runs of others, which may go on. */
export async function checkTruth(
  sql: Sql,
  witness: Witness,
  foreign: ReadonlySet<string>,
): Promise<readonly DoneTask[]> {
  const { runIds } = witness;
  // Also those of which nobody knows: accepted, and the answer got lost.
  for (const runId of await stillOpen(sql, foreign)) witness.offence('L', `${runId} is still open`);
  await checkRuns(sql, runIds, witness);
  const events = await sql.query<EventRow>(EVENTS, [runIds]);
  for (const [taskId, history] of Map.groupBy(events, event => event.taskId))
    for (const offence of taskOffences(history)) witness.offence('F', `${taskId}: ${offence}`);
  const { differences } = await rebuild(sql);
  for (const id of differences) witness.offence('L', `${id} is not what its events add up to`);
  return events.flatMap(({ taskId, type, pieces, rootHash }) =>
    type === 'completed' && pieces !== undefined && rootHash !== undefined ? { taskId, pieces, rootHash } : [],
  );
}

async function checkRuns(sql: Queries, runIds: readonly string[], witness: Witness): Promise<void> {
  const rows = new Map((await sql.query<RunRow>(RUNS, [runIds])).map(row => [row.runId, row]));
  for (const runId of runIds) {
    const { state = 'lost', total = 0, completed = 0 } = rows.get(runId) ?? {};
    if (state !== 'completed' || completed !== total)
      witness.offence('L', `${runId} is ${state}, with ${completed} of ${total} tasks completed`);
  }
}

async function stillOpen(sql: Queries, foreign: ReadonlySet<string>): Promise<readonly string[]> {
  for (const untilMs = performance.now() + NOTED_WITHIN_MS; ; await pause(LOOK_EVERY_MS)) {
    const open = (await openRuns(sql)).filter(runId => !foreign.has(runId));
    if (open.length === 0 || performance.now() > untilMs) return open;
  }
}

/** Those that are not over. */
export const openRuns = async (sql: Queries): Promise<readonly string[]> =>
  (await sql.query<Pick<RunRow, 'runId'>>(OPEN_RUNS)).map(({ runId }) => runId);
