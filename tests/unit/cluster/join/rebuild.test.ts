/** Views that were damaged or lost are written again, over in-memory adapters. */
import { expect, test, vi } from 'vitest';
import { type Rebuilt, rebuild as rebuildViews } from '../../../../src/cluster/services/join/rebuild/rebuild.ts';
import { type FakeTask, fakeTask, randomBodies } from '../../../helpers/join/fake-task.ts';
import { type SmallJoin, smallJoin } from '../../../helpers/join/small-join.ts';

async function finished(join: SmallJoin, count: number): Promise<readonly FakeTask[]> {
  const tasks = Array.from({ length: count }, () => fakeTask(join.bus, randomBodies(3, 200)));
  for (const task of tasks) {
    await task.changed(1, 'running');
    await task.submit({ submittedMs: 7, priority: 2 });
    await task.claimed();
    await task.pieces();
    await task.completed();
    await task.changed(2, 'completed', { tasks: { total: 1, completed: 1, failed: 0, running: 0 } });
  }
  for (const { taskId } of tasks) await vi.waitUntil(() => join.filings.get(taskId), { timeout: 20_000 });
  return tasks;
}

async function rebuild({ ask }: SmallJoin): Promise<Rebuilt> {
  const answer = await ask('/rebuild', { method: 'POST' });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Rebuilt;
}

async function contentOf({ views }: SmallJoin) {
  const names = ['runs', 'tasks', 'claims', 'submissions', 'pieces'] as const;
  const sort = { field: '_id', direction: 'ascending' } as const;
  const all = names.map(async name => [name, await views[name].find({ where: {}, sort, limit: 999 } as never)]);
  return Object.fromEntries(await Promise.all(all));
}

test('where nothing is wrong, nothing is written, and readers notice nothing', async () => {
  const join = await smallJoin();
  await finished(join, 4);
  const going = fakeTask(join.bus, randomBodies(4, 100));
  await going.submit();
  await going.changed(1, 'running');
  const reader = await join.read(`/tasks/${going.taskId}/stream`);
  await going.pieces(0, 2);
  const rebuilding = rebuild(join);
  await going.pieces(2);
  await going.completed();
  expect(await rebuilding).toMatchObject({ restored: 0, differences: [] });
  await reader.until(reader.isOver);
  expect(reader.events.map(({ event }) => event)).toEqual(['piece', 'piece', 'piece', 'piece', 'end']);
  const again = await rebuild(join);
  expect(again).toEqual({ messages: 4 * 8 + 7, runs: 5, tasks: 5, pieces: 16, restored: 0, differences: [] });
  expect(await contentOf({ ...join, views: join.fresh })).toMatchObject({ runs: [], tasks: [], claims: [] });
});

test('what is lost or was changed comes back as it was', async () => {
  const join = await smallJoin();
  const [a, b, c] = await finished(join, 3);
  const before = await contentOf(join);
  const { views } = join;
  await views.runs.remove(a!.runId);
  await views.runs.put({ ...(await views.runs.get(b!.runId))!, name: 'changed', state: 'failed' });
  await views.tasks.remove(a!.taskId);
  await views.tasks.put({ ...(await views.tasks.get(b!.taskId))!, workerId: 'w-000000000000' });
  await views.submissions.clear();
  await views.claims.remove(`${c!.taskId}#1`);
  await views.pieces.remove(`${c!.taskId}:1`);
  const piece = (await views.pieces.get(`${b!.taskId}:0`))!;
  await views.pieces.put({ ...piece, body: Buffer.alloc(piece.size) });
  const { restored, differences } = await rebuild(join);
  // The removed piece is none: the replay brought it. Of task b all pieces come back at once.
  expect({ restored, differences }).toEqual({ restored: 4 + 3 + 1 + 1, differences: [] });
  expect(await contentOf(join)).toEqual(before);
});

/** Once, after the next page of them was read. */
function afterLook(
  documents: Pick<SmallJoin['views']['runs' | 'tasks'], 'getAll'>,
  work: () => Promise<unknown>,
): void {
  const { getAll } = documents;
  const look = async (ids: readonly string[]) => {
    documents.getAll = getAll;
    const found = await getAll(ids);
    await work();
    return found;
  };
  Object.assign(documents, { getAll: look });
}

test('what goes on while it is brought back stays, whatever was there', async () => {
  const join = await smallJoin();
  const { runs, tasks } = join.views;
  const states = ['lost', 'behind', 'changed'] as const;
  const going = states.map(state => ({ state, task: fakeTask(join.bus, randomBodies(1, 100)) }));
  for (const { state, task } of going) {
    await task.changed(2, 'running');
    await task.failed('THROW');
    await vi.waitUntil(async () => (await runs.get(task.runId)) && (await tasks.get(task.taskId)));
    await tasks.remove(task.taskId);
    if (state === 'lost') await runs.remove(task.runId);
    else await runs.put({ ...(await runs.get(task.runId))!, name: 'other', version: state === 'behind' ? 1 : 2 });
  }
  const each = (work: (task: FakeTask) => Promise<unknown>) => Promise.all(going.map(({ task }) => work(task)));
  afterLook(runs, () =>
    each(({ runId }) => runs.mergeIfGreater('version', { _id: runId, version: 3, state: 'failed' })),
  );
  afterLook(tasks, () =>
    each(({ taskId }) => tasks.mergeIfGreater('rank', { _id: taskId, rank: 9, state: 'completed' })),
  );
  await rebuild(join);
  await each(async ({ runId, taskId }) => {
    expect(await runs.get(runId)).toMatchObject({ version: 3, state: 'failed' });
    expect(await tasks.get(taskId)).toMatchObject({ rank: 9, state: 'completed' });
  });
});

test('pieces of tasks that left the log come from their artifacts', async () => {
  const old = await smallJoin();
  const [task] = await finished(old, 1);
  const before = await contentOf(old);
  const join = await smallJoin({ artifacts: old.artifacts, filings: old.filings });
  expect(await rebuild(join)).toMatchObject({ messages: 0, pieces: 3, restored: 1, differences: [] });
  const { tasks, pieces, submissions } = await contentOf(join);
  expect({ tasks, pieces, submissions }).toEqual({
    tasks: before.tasks,
    pieces: before.pieces,
    submissions: before.submissions,
  });
  const reader = await join.read(`/tasks/${task!.taskId}/stream`);
  await reader.until(reader.isOver);
  expect(reader.events.map(({ event }) => event)).toEqual(['piece', 'piece', 'piece', 'end']);
});

test('what is nowhere is told', async () => {
  const join = await smallJoin();
  const [task, other] = await finished(join, 2);
  join.stored.get((await join.filings.get(task!.taskId))!.hash)!.write('X', 40);
  const piece = (await join.views.pieces.get(`${task!.taskId}:0`))!;
  await join.views.pieces.put({ ...piece, body: Buffer.alloc(piece.size) });
  await join.filings.remove(other!.taskId);
  expect(await rebuild(join)).toMatchObject({ restored: 0, differences: [task!.taskId] });
});

test('one that may not go on says so, and touches nothing of whoever goes on', async () => {
  const join = await smallJoin();
  const lost = new AbortController();
  const progress = {
    async caughtUp() {
      lost.abort(new Error('the lease is lost'));
      await join.fresh.runs.put({ _id: 'of the other one' } as never);
    },
  };
  await expect(rebuildViews({ ...join, progress }, lost.signal)).rejects.toThrow('the lease is lost');
  expect(await join.fresh.runs.get('of the other one')).toBeDefined();
});
