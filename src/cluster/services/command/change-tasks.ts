/** Applies facts about tasks: those that come too late change nothing. */
import type { Queries, Sql } from '../../ports/sql.ts';
import { crashPoint } from '../common/crash-point.ts';
import { decideProgress, type TaskChange } from './run/decide-run.ts';
import { settle } from './settle.ts';
import { Changes } from './store/changes.ts';
import { decideTask, type TaskFact } from './task/decide-task.ts';

export interface FactOfTask {
  readonly taskId: string;
  readonly fact: TaskFact;
}

/** All in one transaction, in their order. Resolves to how many changed nothing. */
export async function changeTasks(sql: Sql, facts: readonly FactOfTask[]): Promise<number> {
  const ignored = await sql.transaction(queries => change(queries, facts));
  crashPoint('command.after_commit');
  return ignored;
}

async function change(queries: Queries, facts: readonly FactOfTask[]): Promise<number> {
  const changes = new Changes(queries, Date.now());
  const taskIds = [...new Set(facts.map(({ taskId }) => taskId))];
  await changes.lockRuns([...new Set(taskIds.map(runIdOf))]);
  await changes.lockTasks(taskIds);
  const late = facts.filter(fact => !applies(changes, fact));
  if (late.length < facts.length) {
    const ended = progressRuns(changes);
    await dropOpenTasks(changes, ended);
    await settle(queries, changes);
  }
  return late.length;
}

const runIdOf = (taskId: string) => taskId.slice(0, taskId.lastIndexOf('-'));

function applies(changes: Changes, { taskId, fact }: FactOfTask): boolean {
  const task = changes.tasks.get(taskId);
  const event = task && decideTask(task, fact, changes.nowMs);
  if (event === undefined) return false;
  changes.tasks.append(taskId, event);
  return true;
}

/** Returns the runs that failed by it. */
function progressRuns(changes: Changes): readonly string[] {
  const prolonged = changes.tasks.prolonged();
  const byRun = Map.groupBy(prolonged, ({ now }) => now.runId);
  return [...byRun].flatMap(([runId, tasks]) => {
    const run = changes.runs.get(runId);
    const event = run && decideProgress(run, tasks.flatMap(toChange));
    if (event?.type !== 'progressed') return [];
    changes.runs.append(runId, event);
    return event.state === 'failed' ? [runId] : [];
  });
}

function toChange({ before, now, events }: ReturnType<Changes['tasks']['prolonged']>[number]): readonly TaskChange[] {
  if (before === undefined) return [];
  const failure = events.find(event => event.type === 'failed');
  return [{ before, after: now, ...(failure && { error: failure.error }) }];
}

/** Of runs that have just ended. */
export async function dropOpenTasks(changes: Changes, runIds: readonly string[]): Promise<void> {
  await changes.lockOpenTasks(runIds);
  const ended = new Set(runIds);
  for (const task of changes.tasks.all().filter(({ runId }) => ended.has(runId)))
    applies(changes, { taskId: task.taskId, fact: { type: 'drop' } });
}
