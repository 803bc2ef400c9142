/** Does what a person decided about a case. One that is resolved stays so. */
import type { MessageOf } from '../../../contracts/define-message.ts';
import type { caseResolve } from '../../../contracts/messages/case-resolve.ts';
import type { Queries, Sql } from '../../../ports/sql.ts';
import { crashPoint } from '../../common/crash-point.ts';
import { applyFacts } from '../change-tasks.ts';
import { settle } from '../settle.ts';
import { Changes } from '../store/changes.ts';
import { discardDelivery, retryDelivery } from '../store/deliveries.ts';
import type { Care } from './admit.ts';
import type { Case } from './case.ts';
import { decideResolution } from './decide-case.ts';

type Resolution = MessageOf<typeof caseResolve>;

/** Resolves to whether anything changed. */
export async function resolveCase(sql: Sql, resolution: Resolution, care: Care): Promise<boolean> {
  const isDone = await sql.transaction(queries => resolve(queries, resolution, care));
  crashPoint('command.after_commit');
  return isDone;
}

async function resolve(queries: Queries, resolution: Resolution, care: Care): Promise<boolean> {
  const { caseId, action } = resolution;
  const changes = new Changes(queries, Date.now());
  const known = await lockCase(queries, changes, caseId);
  const event = known && decideResolution(known, resolution, changes.nowMs);
  if (known === undefined || event === undefined) return false;
  changes.cases.append(caseId, event);
  const { kind, taskId, key, error } = known;
  if (kind === 'task' && taskId !== null) {
    const fact = action === 'retry' ? ({ type: 'retry' } as const) : ({ type: 'discard', error } as const);
    await applyFacts(changes, [{ taskId, fact }], care);
  }
  if (kind === 'delivery' && key !== null)
    await (action === 'retry' ? retryDelivery(queries, key, changes.nowMs) : discardDelivery(queries, key));
  await settle(queries, changes);
  return true;
}

/** With what it is about. */
async function lockCase(queries: Queries, changes: Changes, caseId: string): Promise<Case | undefined> {
  const text = 'SELECT run_id AS "runId", task_id AS "taskId" FROM gobool.cases WHERE case_id = $1 AND kind = \'task\'';
  const [subject] = await queries.query<{ runId: string; taskId: string }>(text, [caseId]);
  if (subject !== undefined) {
    await changes.lockRuns([subject.runId]);
    await changes.lockTasks([subject.taskId]);
  }
  await changes.cases.lock([caseId]);
  return changes.cases.get(caseId);
}
