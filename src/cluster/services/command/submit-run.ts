/**
 * Takes a submitted run in, once. The same submit again is nothing new. Something else under the same id is refused:
 * the run stays what it is, and its stream says so.
 */
import type { MessageOf } from '../../contracts/define-message.ts';
import type { runSubmit } from '../../contracts/messages/run-submit.ts';
import type { Queries, Sql } from '../../ports/sql.ts';
import { crashPoint } from '../common/crash-point.ts';
import type { Cause } from '../common/trace.ts';
import { type Arrival, decideAgain, decideSubmit } from './run/decide-run.ts';
import { taskIdOf } from './run/task-spec.ts';
import { settle } from './settle.ts';
import { Changes } from './store/changes.ts';
import { newPlace } from './store/places.ts';

type Submit = MessageOf<typeof runSubmit>;

/** Resolves to whether anything changed. */
export async function submitRun(sql: Sql, submit: Submit, cause: Cause): Promise<boolean> {
  const isNew = await sql.transaction(queries => take(queries, submit, cause));
  crashPoint('command.after_commit');
  return isNew;
}

async function take(queries: Queries, submit: Submit, cause: Cause): Promise<boolean> {
  const { runId } = submit;
  const changes = new Changes(queries, Date.now());
  await changes.lockRuns([runId]);
  const known = changes.runs.get(runId);
  if (known === undefined) start(changes, submit, { ...cause, place: await newPlace(queries, 'back') });
  else {
    const event = decideAgain(known, submit);
    if (event === undefined) return false;
    changes.runs.append(runId, event);
  }
  await settle(queries, changes);
  return true;
}

function start(changes: Changes, submit: Submit, arrival: Arrival): void {
  const { runId } = submit;
  const event = decideSubmit(submit, arrival);
  changes.startRun(runId, event);
  if (event.type === 'rejected') return;
  const { keyId, priority, place, total } = event;
  for (let number = 0; number < total; number++)
    changes.startTask(taskIdOf(runId, number), { type: 'queued', runId, number, keyId, priority, place });
}
