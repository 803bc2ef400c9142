/** The ranking of a sweep, live and stored, over in-memory adapters. */
import { expect, test } from 'vitest';
import { framesOf } from '../../../../src/cluster/contracts/cut-pieces.ts';
import type { RankingView } from '../../../../src/cluster/contracts/http/run-view.ts';
import type { RunSpec } from '../../../../src/cluster/contracts/run-spec.ts';
import type { EventReader } from '../../../helpers/join/event-reader.ts';
import { fakeTask, randomRunId } from '../../../helpers/join/fake-task.ts';
import { type SmallJoin, smallJoin } from '../../../helpers/join/small-join.ts';

const SLICE_SETS = 5;
const HASH = 'e'.repeat(64);

const spec = (slices: number, objective: object): RunSpec => ({
  kind: 'sweep',
  ...{ bundle: HASH, input: HASH, datasets: [], limits: { barTimeoutMs: 1_000, memoryMb: 100 } },
  ...{ sets: slices * SLICE_SETS, sliceSets: SLICE_SETS, ...objective },
});

/** The value of set `index` is `index * 7 % 11`: equal ones stay in their order. */
const sharpeOf = (index: number) => (index * 7) % 11;

/** A sweep of so many slices, and what says that one of them is done. */
async function sweep(
  { bus }: SmallJoin,
  slices: number,
  objective: object = { objective: { name: 'sharpe', direction: 'maximize' } },
) {
  const runId = randomRunId();
  const tasks = Array.from({ length: slices }, (_, number) => {
    const from = number * SLICE_SETS;
    const rows = Array.from({ length: SLICE_SETS }, (_, i) => ({
      ...({ resultHash: HASH, state: 'completed', finalEquity: 1, fills: 0, samples: 0 } as const),
      metrics: { sharpe: sharpeOf(from + i) },
    }));
    const pieces = [0, 2].flatMap(at =>
      framesOf({ kind: 'rows', from: from + at, rows: rows.slice(at, at === 0 ? 2 : undefined) }),
    );
    return fakeTask(bus, pieces, { runId, number });
  });
  const [first] = tasks;
  await first!.submit({ spec: spec(slices, objective) });
  await first!.changed(1, 'running', { kind: 'sweep' });
  return {
    runId,
    done: async (...numbers: readonly number[]) => {
      for (const number of numbers) {
        await tasks[number]!.pieces();
        await tasks[number]!.completed();
      }
    },
    over: (version: number, state: 'completed' | 'cancelled') => first!.changed(version, state, { kind: 'sweep' }),
  };
}

function expected(slices: readonly number[], ofAll: number) {
  const indices = slices.flatMap(number => Array.from({ length: SLICE_SETS }, (_, i) => number * SLICE_SETS + i));
  const best = indices.toSorted((a, b) => sharpeOf(b) - sharpeOf(a) || a - b).slice(0, 20);
  const shown = best.map(index => ({ index, value: sharpeOf(index) }));
  return { done: indices.length, sets: ofAll * SLICE_SETS, objective: 'sharpe', best: shown };
}

const ranksOf = ({ events }: EventReader) => events.filter(({ event }) => event === 'rank');
const lastRank = (reader: EventReader) => JSON.parse(ranksOf(reader).at(-1)?.data ?? '{}') as RankingView;

test('who follows a sweep sees its best sets as they come, and the last word before the end', async () => {
  const join = await smallJoin();
  const run = await sweep(join, 8);
  const early = await join.read(`/runs/${run.runId}/stream`);
  await run.done(3);
  await early.until(() => lastRank(early).done === SLICE_SETS);
  expect(lastRank(early)).toMatchObject(expected([3], 8));
  expect(lastRank(early).best[0]!.taskId).toBe(`${run.runId}-3`);
  const late = await join.read(`/runs/${run.runId}/stream`);
  await run.done(7, 0, 1, 2, 3, 4, 5, 6);
  await run.over(2, 'completed');
  for (const reader of [early, late]) {
    await reader.until(reader.isOver);
    expect(lastRank(reader)).toMatchObject(expected([0, 1, 2, 3, 4, 5, 6, 7], 8));
    expect(reader.events.at(-1)).toMatchObject({ event: 'end' });
    const counts = ranksOf(reader).map(({ data }) => (JSON.parse(data) as RankingView).done);
    expect(counts).toEqual([...new Set(counts)].toSorted((a, b) => a - b));
    expect(ranksOf(reader).every(({ id }) => !id)).toBe(true);
  }
  expect(await join.views.rankings.get(run.runId)).toMatchObject(expected([0, 1, 2, 3, 4, 5, 6, 7], 8));
  const { body } = await join.get(`/runs/${run.runId}`);
  expect(body.ranking).toMatchObject(expected([0, 1, 2, 3, 4, 5, 6, 7], 8));
});

test('at most two in a second, beside the last one', async () => {
  const join = await smallJoin();
  const run = await sweep(join, 40);
  const reader = await join.read(`/runs/${run.runId}/stream`);
  const startMs = performance.now();
  for (let number = 0; number < 40; number++) {
    await run.done(number);
    await new Promise(resolve => setTimeout(resolve, 40));
  }
  await run.over(2, 'completed');
  await reader.until(reader.isOver);
  const seconds = (performance.now() - startMs) / 1_000;
  expect(ranksOf(reader).length).toBeLessThanOrEqual(2 * seconds + 2);
  expect(lastRank(reader).done).toBe(200);
});

test('a sweep that came to nothing is ranked as far as it came, by whoever is asked', async () => {
  const join = await smallJoin();
  const run = await sweep(join, 4);
  await run.done(2, 1);
  await run.over(2, 'cancelled');
  const { body } = await join.get(`/runs/${run.runId}`);
  expect(body.ranking).toMatchObject(expected([2, 1], 4));
  const reader = await join.read(`/runs/${run.runId}/stream`);
  await reader.until(reader.isOver);
  expect(reader.events.map(({ event }) => event)).toEqual(['run', 'rank', 'end']);
  expect(lastRank(reader)).toMatchObject(expected([2, 1], 4));
});

test('a sweep without an objective is not ranked', async () => {
  const join = await smallJoin();
  const run = await sweep(join, 2, {});
  const reader = await join.read(`/runs/${run.runId}/stream`);
  await run.done(0, 1);
  await run.over(2, 'completed');
  await reader.until(reader.isOver);
  expect(ranksOf(reader)).toEqual([]);
  expect((await join.get(`/runs/${run.runId}`)).body).not.toHaveProperty('ranking');
});

test('a task is counted whole, though the store had only its first rows when it was first looked at', async () => {
  const join = await smallJoin();
  const { pieces } = join.views;
  const [insert, find, lag] = [pieces.insertAllIfAbsent, pieces.find, Promise.withResolvers<void>()];
  let looks = 0;
  Object.assign(pieces, {
    insertAllIfAbsent: async (documents: Parameters<typeof insert>[0]) => {
      const stored = await insert(documents.filter(({ seq }) => seq === 0));
      if (documents.some(({ seq }) => seq > 0)) await lag.promise;
      return stored.length === documents.length ? stored : await insert(documents);
    },
    find: (query: Parameters<typeof find>[0]) => find(query).finally(() => looks++),
  });
  const run = await sweep(join, 2);
  const reader = await join.read(`/runs/${run.runId}/stream`);
  await run.done(0, 1);
  await expect.poll(() => looks, { timeout: 10_000 }).toBeGreaterThan(0);
  lag.resolve();
  await run.over(2, 'completed');
  await reader.until(reader.isOver);
  expect(lastRank(reader)).toMatchObject(expected([0, 1], 2));
  expect((await join.get(`/runs/${run.runId}`)).body.ranking).toMatchObject(expected([0, 1], 2));
});
