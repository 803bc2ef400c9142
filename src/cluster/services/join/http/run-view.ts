/** Everything about one run, as an answer. */
import type { RunView, TaskView } from '../../../contracts/http/run-view.ts';
import type { ClaimDocument, ConflictDocument, TaskDocument } from '../store/views.ts';
import type { StreamSources } from '../streams/follow-task.ts';
import { summaryOf, taskOfOne } from './run-summary.ts';

const TASKS_MAX = 1_000;

type RunSources = Pick<StreamSources, 'views' | 'rankings'>;

/** Nothing for a run of which nothing is stored. Of its tasks those that were begun, a thousand at most. */
export async function runView({ views, rankings }: RunSources, runId: string): Promise<RunView | undefined> {
  const run = await views.runs.get(runId);
  if (run === undefined) return undefined;
  const ofRun = { where: { runId }, limit: TASKS_MAX } as const;
  const [ranking, claims, tasks, conflicts] = await Promise.all([
    run.kind === 'sweep' ? rankings.current(runId) : undefined,
    views.claims.find(ofRun),
    views.tasks.find(ofRun),
    views.conflicts.find(ofRun),
  ]);
  const claimsOf = Map.groupBy(claims, ({ taskId }) => taskId);
  const taskOf = new Map(tasks.map(task => [task._id, task]));
  const conflictOf = new Map(conflicts.map(conflict => [conflict._id, conflict]));
  const ids = [...new Set([...claimsOf.keys(), ...taskOf.keys(), ...conflictOf.keys()])].sort(byNumber);
  const taskList = ids.map(id => taskView(id, claimsOf.get(id) ?? [], taskOf.get(id), conflictOf.get(id)));
  return { ...summaryOf(run, taskOf.get(taskOfOne(run) ?? '')), taskList, ...(ranking && { ranking }) };
}

/** Who ran it: the attempt that ended it, or else the latest one. One that failed and was followed did not end it. */
function taskView(
  taskId: string,
  claims: readonly ClaimDocument[],
  ending: TaskDocument | undefined,
  conflict: ConflictDocument | undefined,
): TaskView {
  const latest = claims.toSorted((a, b) => b.attempt - a.attempt)[0];
  const isFollowed = ending?.state === 'failed' && latest !== undefined && latest.attempt > ending.attempt;
  const task = isFollowed ? undefined : ending;
  const claim = task === undefined ? latest : claims.find(({ attempt }) => attempt === task.attempt);
  const place = claim && { attempt: claim.attempt, workerId: claim.workerId, pid: claim.pid, cpu: claim.cpu };
  const ended = task && endOf(task);
  return { taskId, state: 'running', ...place, ...ended, ...(conflict && differenceOf(conflict)) };
}

const endOf = ({ _id, runId: _run, rank: _rank, ...ended }: TaskDocument) => ended as Partial<TaskView>;

const differenceOf = ({ seq, storedHash, arrivedHash }: ConflictDocument): Partial<TaskView> => ({
  state: 'failed',
  error: {
    code: 'GB_NONDETERMINISTIC',
    message: `Two attempts at the task gave different results at piece ${seq}: ${storedHash} and ${arrivedHash}.`,
  },
});

const byNumber = (a: string, b: string) => numberOf(a) - numberOf(b);
const numberOf = (taskId: string) => Number(taskId.slice(taskId.lastIndexOf('-') + 1));
