/** Moves a run in the queue: its waiting tasks, and those that workers have, should they come back. */
import type { MessageOf } from '../../contracts/define-message.ts';
import type { runReorder } from '../../contracts/messages/run-reorder.ts';
import type { Queries, Sql } from '../../ports/sql.ts';
import { crashPoint } from '../common/crash-point.ts';
import { decideReorder } from './run/decide-run.ts';
import { settle } from './settle.ts';
import { Changes } from './store/changes.ts';
import { newPlace } from './store/places.ts';

type Reorder = MessageOf<typeof runReorder>;

/** Resolves to whether anything changed. */
export async function reorderRun(sql: Sql, message: Reorder): Promise<boolean> {
  const isDone = await sql.transaction(queries => reorder(queries, message));
  crashPoint('command.after_commit');
  return isDone;
}

async function reorder(queries: Queries, message: Reorder): Promise<boolean> {
  const { runId, to } = message;
  const changes = new Changes(queries, Date.now());
  await changes.lockRuns([runId]);
  const run = changes.runs.get(runId);
  const event = run && decideReorder(run, message, to === undefined ? run.place : await newPlace(queries, to));
  if (event === undefined) return false;
  changes.runs.append(runId, event);
  await changes.lockOpenTasks([runId]);
  for (const { taskId } of changes.tasks.all()) changes.tasks.append(taskId, event);
  await settle(queries, changes);
  return true;
}
