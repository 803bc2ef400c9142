/** Applies facts about tasks: those that come too late change nothing. */
import { runIdOf } from '../../contracts/fields.ts';
import type { Queries, Sql } from '../../ports/sql.ts';
import { crashPoint } from '../common/crash-point.ts';
import type { Care } from './hospital/admit.ts';
import type { Policies } from './hospital/policies.ts';
import { admitTasks } from './hospital/task-cases.ts';
import { decideProgress, type TaskChange } from './run/decide-run.ts';
import { settle } from './settle.ts';
import { Changes } from './store/changes.ts';
import { decideTask, type TaskFact } from './task/decide-task.ts';
import { isBadEnding } from './task/task.ts';

export interface FactOfTask {
  readonly taskId: string;
  readonly fact: TaskFact;
}

/** All in one transaction, in their order. Resolves to how many changed nothing. */
export async function changeTasks(sql: Sql, facts: readonly FactOfTask[], care: Care): Promise<number> {
  const ignored = await sql.transaction(queries => change(queries, facts, care));
  crashPoint('command.after_commit');
  return ignored;
}

async function change(queries: Queries, facts: readonly FactOfTask[], care: Care): Promise<number> {
  const changes = new Changes(queries, Date.now());
  const taskIds = [...new Set(facts.map(({ taskId }) => taskId))];
  await changes.lockRuns([...new Set(taskIds.map(runIdOf))]);
  await changes.lockTasks(taskIds);
  const ignored = await applyFacts(changes, facts, care);
  if (ignored < facts.length) await settle(queries, changes);
  return ignored;
}

/** Their tasks and runs are locked. Resolves to how many changed nothing. */
export async function applyFacts(changes: Changes, facts: readonly FactOfTask[], care: Care): Promise<number> {
  const late = facts.filter(fact => !applies(changes, fact, care.policies));
  if (late.length < facts.length) {
    await dropOpenTasks(changes, progressRuns(changes));
    await admitTasks(changes, care);
  }
  return late.length;
}

function applies(changes: Changes, { taskId, fact }: FactOfTask, policies?: Policies): boolean {
  const task = changes.tasks.get(taskId);
  const event = task && decideTask(task, fact, changes.nowMs, policies);
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
  const failure = events.find(isBadEnding);
  return [{ before, after: now, ...(failure && { error: failure.error }) }];
}

/** Of runs that have just ended. */
export async function dropOpenTasks(changes: Changes, runIds: readonly string[]): Promise<void> {
  await changes.lockOpenTasks(runIds);
  const ended = new Set(runIds);
  for (const task of changes.tasks.all().filter(({ runId }) => ended.has(runId)))
    applies(changes, { taskId: task.taskId, fact: { type: 'drop' } });
}
