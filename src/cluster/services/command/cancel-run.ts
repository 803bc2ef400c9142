/**
 * Cancels a run: waiting tasks are dropped, workers are told to stop the others. It is cancelled at once; what a worker
 * still says of it comes too late.
 */
import type { MessageOf } from '../../contracts/define-message.ts';
import type { runCancel } from '../../contracts/messages/run-cancel.ts';
import type { Queries, Sql } from '../../ports/sql.ts';
import { crashPoint } from '../common/crash-point.ts';
import { dropOpenTasks } from './change-tasks.ts';
import { decideCancel } from './run/decide-run.ts';
import { settle } from './settle.ts';
import { Changes } from './store/changes.ts';

type Cancel = MessageOf<typeof runCancel>;

/** Resolves to whether anything changed. */
export async function cancelRun(sql: Sql, message: Cancel): Promise<boolean> {
  const isDone = await sql.transaction(queries => cancel(queries, message));
  crashPoint('command.after_commit');
  return isDone;
}

async function cancel(queries: Queries, { runId, keyId }: Cancel): Promise<boolean> {
  const changes = new Changes(queries, Date.now());
  await changes.lockRuns([runId]);
  const run = changes.runs.get(runId);
  const event = run && decideCancel(run, keyId);
  if (event === undefined) return false;
  changes.runs.append(runId, event);
  await dropOpenTasks(changes, [runId]);
  await settle(queries, changes);
  return true;
}
