/** Ends a run before its tasks do: those that wait are dropped, workers are told to stop the others. */
import type { Queries, Sql } from '../../ports/sql.ts';
import { crashPoint } from '../common/crash-point.ts';
import { dropOpenTasks } from './change-tasks.ts';
import type { Run, RunEvent } from './run/run.ts';
import { settle } from './settle.ts';
import { Changes } from './store/changes.ts';

/** `decide`: nothing where it goes on. What a worker still says of it comes too late. */
type Decide = (run: Run, nowMs: number) => RunEvent | undefined;

/** Resolves to whether anything changed. */
export async function endRun(sql: Sql, runId: string, decide: Decide): Promise<boolean> {
  const isDone = await sql.transaction(queries => end(queries, runId, decide));
  crashPoint('command.after_commit');
  return isDone;
}

async function end(queries: Queries, runId: string, decide: Decide): Promise<boolean> {
  const changes = new Changes(queries, Date.now());
  await changes.lockRuns([runId]);
  const run = changes.runs.get(runId);
  const event = run && decide(run, changes.nowMs);
  if (event === undefined) return false;
  changes.runs.append(runId, event);
  await dropOpenTasks(changes, [runId]);
  await settle(queries, changes);
  return true;
}
