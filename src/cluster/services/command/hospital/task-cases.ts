/** Cases that begin and end with what becomes of tasks. */
import { assert } from '../../../../runtime/base/assert.ts';
import { isFinalVerdict } from '../../../contracts/messages/task-events.ts';
import { taskSpec } from '../run/task-spec.ts';
import type { Changes } from '../store/changes.ts';
import { type BadEnding, isBadEnding, type Task } from '../task/task.ts';
import { type Admission, admit, type Care } from './admit.ts';
import { isUnresolved } from './case.ts';
import { caseIdOf, fingerprintOf } from './names.ts';

/** Of tasks that have just failed for good through no fault of their own: they wait, or were given up by policy. */
export async function admitTasks(changes: Changes, care: Care): Promise<void> {
  const admissions = changes.tasks.prolonged().flatMap(({ before, now, events }) => {
    const ending = events.find(isBadEnding);
    const isNew = ending !== undefined && now.state === ending.type && before?.state !== 'hospital';
    return isNew && !isFinalVerdict(ending.verdict) ? [admissionOf(changes, now, ending)] : [];
  });
  await changes.cases.lock(admissions.map(({ caseId }) => caseId));
  for (const admission of admissions) admit(changes, admission, care);
}

function admissionOf(changes: Changes, { taskId, runId, number, attempt }: Task, { error }: BadEnding): Admission {
  const run = changes.runs.get(runId);
  assert(run !== undefined, 'a task is locked after its run');
  const { keyId, correlationId, spec } = run;
  const service = 'worker';
  return {
    caseId: caseIdOf('task', taskId),
    patient: {
      kind: 'task',
      fingerprint: fingerprintOf('task', null, error.code),
      service,
      messageType: null,
      place: null,
      key: null,
      headers: {},
      runId,
      taskId,
      keyId,
      correlationId,
    },
    illness: { error, attempts: Math.max(1, attempt), isLast: true },
    body: Buffer.from(JSON.stringify(taskSpec(spec, number))),
  };
}

/** Of tasks that left the hospital, because a person said so or because their run is over. */
export async function dischargeTasks(changes: Changes): Promise<void> {
  const left = changes.tasks
    .prolonged()
    .filter(({ before, now }) => before?.state === 'hospital' && now.state !== 'hospital')
    .map(({ id, now }) => ({ caseId: caseIdOf('task', id), isAgain: now.state === 'queued' }));
  await changes.cases.lock(left.map(({ caseId }) => caseId));
  for (const { caseId, isAgain } of left) {
    const known = changes.cases.get(caseId);
    if (known !== undefined && isUnresolved(known))
      changes.cases.append(caseId, { type: isAgain ? 'retried' : 'discarded', by: null });
  }
}
