/** Join on the real engines: lists, the stream of a key, ranks, artifacts, and views that are written again. */
import { hash as digest, randomBytes } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { framesOf } from '../../src/cluster/contracts/cut-pieces.ts';
import { EXAMPLES } from '../../src/cluster/contracts/fields.ts';
import type { RunListView } from '../../src/cluster/contracts/http/run-view.ts';
import type { RunSpec } from '../../src/cluster/contracts/run-spec.ts';
import type { Rebuilt } from '../../src/cluster/services/join/rebuild/rebuild.ts';
import { fakeTask, randomBodies, randomRunId } from '../helpers/join/fake-task.ts';
import { openJoin } from '../helpers/join/join-process.ts';

const SLICES = 6;
const SLICE_SETS = 4;

const row = (index: number) => ({
  ...({ resultHash: EXAMPLES.hash, state: 'completed', finalEquity: 1, fills: 0, samples: 0 } as const),
  metrics: { sharpe: (index * 5) % 13 },
});
const spec: Extract<RunSpec, { kind: 'sweep' }> = {
  kind: 'sweep',
  ...{ bundle: EXAMPLES.hash, input: EXAMPLES.hash, datasets: [], limits: { barTimeoutMs: 1_000, memoryMb: 100 } },
  ...{ sets: SLICES * SLICE_SETS, sliceSets: SLICE_SETS, objective: { name: 'sharpe', direction: 'maximize' } },
};

test('a sweep: listed, ranked on any replica, kept, and had again after its views were lost', async () => {
  const { bus, views, start } = await openJoin();
  const [first, second] = [await start(), await start()];
  const keyId = `k-${randomBytes(6).toString('hex')}`;
  const runId = randomRunId();
  const tasks = Array.from({ length: SLICES }, (_, number) => {
    const from = number * SLICE_SETS;
    const rows = Array.from({ length: SLICE_SETS }, (_, i) => row(from + i));
    return fakeTask(bus, framesOf({ kind: 'rows', from, rows }), { runId, number });
  });
  const [task] = tasks;
  const run = { keyId, kind: 'sweep', name: 'engines' };
  const ofKey = await first.read(`/stream?keyId=${keyId}`);
  await task!.submit({ ...run, spec });
  await task!.changed(1, 'running', run);
  const streams = [await first.read(`/runs/${runId}/stream`), await second.read(`/runs/${runId}/stream`)];
  for (const each of tasks.toReversed()) {
    await each.claimed();
    await each.pieces();
    await each.completed();
  }
  const counts = { total: SLICES, completed: SLICES, failed: 0, running: 0 };
  await task!.changed(2, 'completed', { ...run, tasks: counts });

  const best = Array.from({ length: SLICES * SLICE_SETS }, (_, index) => ({ index, value: (index * 5) % 13 }))
    .toSorted((a, b) => b.value - a.value || a.index - b.index)
    .slice(0, 20);
  const ranking = { done: spec.sets, sets: spec.sets, objective: 'sharpe', best };
  for (const reader of streams) {
    await reader.until(reader.isOver);
    const [rank, end] = reader.events.slice(-2);
    expect(end).toMatchObject({ event: 'end' });
    expect(JSON.parse(rank!.data)).toMatchObject(ranking);
  }
  await ofKey.until(() => ofKey.events.length >= 2);
  expect(ofKey.events.map(({ data }) => JSON.parse(data).state)).toEqual(['running', 'completed']);

  await vi.waitUntil(async () => (await second.get(`/runs/${runId}`)).body.state === 'completed', { timeout: 20_000 });
  expect((await second.get(`/runs/${runId}`)).body).toMatchObject({ ranking, correlationId: runId, priority: 0 });
  const query = `keyId=${keyId}&kind=sweep&where=${encodeURIComponent(`completed=${SLICES}`)}&limit=5`;
  const { runs } = (await first.get(`/runs?${query}`)).body as unknown as RunListView;
  expect(runs.map(listed => listed.runId)).toEqual([runId]);

  for (const { taskId } of tasks)
    await vi.waitUntil(async () => (await fetch(`${first.url}/tasks/${taskId}/artifact`)).ok, { timeout: 30_000 });
  const answer = await fetch(`${second.url}/tasks/${task!.taskId}/artifact`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect(answer.headers.get('etag')).toBe(`"${digest('sha256', bytes)}"`);

  await views.runs.remove(runId);
  await views.pieces.remove(`${task!.taskId}:0`);
  const going = fakeTask(bus, randomBodies(10, 500));
  const reader = await first.read(`/tasks/${going.taskId}/stream`);
  const rebuilding = Promise.all([first, second].map(({ url }) => fetch(`${url}/rebuild`, { method: 'POST' })));
  await going.pieces();
  await going.completed();
  const rebuilt = await Promise.all((await rebuilding).map(async each => (await each.json()) as Rebuilt));
  expect(Math.max(...rebuilt.map(({ restored }) => restored))).toBeGreaterThanOrEqual(1);
  for (const { differences } of rebuilt) for (const { taskId } of tasks) expect(differences).not.toContain(taskId);
  await reader.until(reader.isOver);
  expect(reader.events.map(({ event }) => event)).toEqual([...Array(10).fill('piece'), 'end']);
  expect((await first.get(`/runs/${runId}`)).body).toMatchObject({ state: 'completed', version: 2, ranking });
  expect(await views.pieces.get(`${task!.taskId}:0`)).toBeDefined();
});
