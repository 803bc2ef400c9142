/** Lists of runs, and what is told of one of them, over in-memory adapters. */
import { expect, test } from 'vitest';
import type { RunListView } from '../../../../src/cluster/contracts/http/run-view.ts';
import { fakeTask } from '../../../helpers/join/fake-task.ts';
import { type SmallJoin, smallJoin } from '../../../helpers/join/small-join.ts';

async function list({ get }: SmallJoin, query: string): Promise<RunListView> {
  const { status, body } = await get(`/runs?${query}`);
  expect(status).toBe(200);
  return body as unknown as RunListView;
}
const namesOf = ({ runs }: RunListView) => runs.map(({ name }) => name).join('');

/** Runs `a` to `f`, the youngest first in lists; `c` and `d` of the same moment. */
async function sixRuns(join: SmallJoin) {
  const runs = [...'abcdef'].map(name => ({ name, task: fakeTask(join.bus, []) }));
  for (const [i, { name, task }] of runs.entries()) {
    const submittedMs = name === 'd' ? 1_002 : 1_000 + i;
    const keyId = i % 2 === 0 ? 'k-even' : 'k-odd';
    await task.submit({ name, keyId, submittedMs, priority: i });
    if (i < 4) {
      const tasks = { total: 10 * i, completed: i, failed: 0, running: 1 };
      await task.changed(1, 'running', { name, keyId, kind: 'sweep', tasks, position: i === 0 ? null : i });
    }
  }
  // Whoever is unknown is so only once all of it is stored.
  await join.get(`/runs/r-${'0'.repeat(24)}`);
  return runs;
}

test('runs are listed newest first, by what they are, and by conditions', async () => {
  const join = await smallJoin();
  const runs = await sixRuns(join);
  const [c, d] = [runs[2]!, runs[3]!].sort((x, y) => (x.task.runId < y.task.runId ? 1 : -1)).map(({ name }) => name);
  const all = `fe${c}${d}ba`;
  expect(namesOf(await list(join, ''))).toBe(all);
  const of = async (query: string) => namesOf(await list(join, query));
  const inOrder = (names: string) => [...all].filter(name => names.includes(name)).join('');
  expect(await of('keyId=k-odd')).toBe(inOrder('bdf'));
  expect(await of('state=accepted')).toBe('fe');
  expect(await of('state=running&kind=sweep&keyId=k-even')).toBe(inOrder('ac'));
  expect(await of('name=e')).toBe('e');
  expect(await of(`where=${encodeURIComponent('total>=20')}`)).toBe(inOrder('cd'));
  expect(await of(`where=${encodeURIComponent('position>0 and priority<3')}`)).toBe(inOrder('bc'));
  expect(await of(`where=${encodeURIComponent('submittedMs>1002')}`)).toBe('fe');
});

test.each(['', `&where=${encodeURIComponent('priority>=0')}`])('pages have every run once%s', async condition => {
  const join = await smallJoin();
  await sixRuns(join);
  const whole = namesOf(await list(join, `limit=100${condition}`));
  for (const limit of [1, 2, 4, 6]) {
    let names = '';
    let next: string | undefined;
    do {
      const page = await list(join, `limit=${limit}${condition}${next === undefined ? '' : `&before=${next}`}`);
      names += namesOf(page);
      next = page.next;
    } while (next !== undefined);
    expect(names).toBe(whole);
  }
});

test('a condition that names nothing is refused with every problem', async () => {
  const join = await smallJoin();
  const { status, body } = await join.get(`/runs?where=${encodeURIComponent('totl>1')}`);
  expect(status).toBe(400);
  expect(body).toMatchObject({ code: 'GB_CONDITION', problems: ['There is no "totl". Did you mean "total"?'] });
});

test('a run tells its hash, who asked for it, and what was submitted', async () => {
  const join = await smallJoin();
  const task = fakeTask(join.bus, [Buffer.from('piece')]);
  await task.changed(1, 'queued');
  await task.submit({ priority: 7, submittedMs: 5, callback: 'http://127.0.0.1/done' });
  await task.submit({ priority: 8, submittedMs: 6, name: 'another one under its id' });
  await task.pieces();
  await task.completed(1, { resultHash: 'a'.repeat(64) });
  const failure = { code: 'GB_TASK_WORKERS_LOST', message: 'gone' };
  await task.changed(2, 'hospital', { error: failure });
  const { body: ill } = await join.get(`/runs/${task.runId}`);
  const seen = { submittedMs: 5, priority: 7, correlationId: task.runId, name: 'sma-cross' };
  const last = { tasks: { total: 1, completed: 1, failed: 0, running: 0 }, priority: 3 };
  await task.changed(3, 'completed', last);
  await join.get(`/runs/r-${'0'.repeat(24)}`);
  const { body } = await join.get(`/runs/${task.runId}`);
  expect(ill).toBeDefined();
  expect(body).toMatchObject({ ...seen, priority: 3, state: 'completed', version: 3, resultHash: 'a'.repeat(64) });
  expect(body).not.toHaveProperty('error');
  expect((await list(join, '')).runs).toMatchObject([{ runId: task.runId, resultHash: 'a'.repeat(64) }]);
  const { body: spec } = await join.get(`/runs/${task.runId}/spec`);
  expect(spec).toEqual({
    runId: task.runId,
    keyId: 'k-0123456789ab',
    name: 'sma-cross',
    priority: 7,
    callback: 'http://127.0.0.1/done',
    spec: { kind: 'describe', bundle: expect.any(String), limits: { barTimeoutMs: 10_000, memoryMb: 1_024 } },
  });
  expect((await join.get(`/runs/r-${'0'.repeat(24)}/spec`)).status).toBe(404);
});

test('a task of which another attempt runs runs, though an earlier one says that it failed', async () => {
  const join = await smallJoin();
  const task = fakeTask(join.bus, [Buffer.from('x')]);
  await task.submit();
  await task.claimed(1);
  await task.failed('THROW', 1);
  const shown = async () => {
    await join.get(`/runs/r-${'0'.repeat(24)}`);
    return (await join.get(`/runs/${task.runId}`)).body.taskList;
  };
  expect(await shown()).toMatchObject([{ state: 'failed', attempt: 1 }]);
  const reader = await join.read(`/tasks/${task.taskId}/stream`);
  await reader.until(reader.isOver);
  await task.claimed(2);
  expect(await shown()).toMatchObject([{ state: 'running', attempt: 2 }]);
  const later = await join.read(`/tasks/${task.taskId}/stream`);
  await task.pieces(0, 1, 2);
  await task.completed(2);
  await later.until(later.isOver);
  expect(later.events.map(({ event }) => event)).toEqual(['claimed', 'claimed', 'piece', 'end']);
  expect(JSON.parse(later.events.at(-1)!.data)).toMatchObject({ state: 'completed' });
  expect(await shown()).toMatchObject([{ state: 'completed', attempt: 2 }]);
});
