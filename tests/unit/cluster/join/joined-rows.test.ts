/** A run's result joined with its bars, over in-memory adapters. */
import { hash as digest } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { framesOf } from '../../../../src/cluster/contracts/cut-pieces.ts';
import { encodeFrame } from '../../../../src/cluster/contracts/frame.ts';
import type { Chunk } from '../../../../src/runtime/bundle/abi.ts';
import { FILL, FILL_WIDTH } from '../../../../src/runtime/engine/fill-log.ts';
import { fakeTask } from '../../../helpers/join/fake-task.ts';
import { type SmallJoin, smallJoin } from '../../../helpers/join/small-join.ts';

async function kept({ artifacts }: SmallJoin, value: unknown): Promise<string> {
  const bytes = encodeFrame(value);
  const hash = digest('sha256', bytes);
  await artifacts.put(hash, bytes);
  return hash;
}

/** Bars that close at these times; their prices follow from them. */
function dataset(name: string, closes: readonly number[]) {
  const column = (offset: number) => Float64Array.from(closes, time => time + offset);
  const bars = {
    ...{ length: closes.length, durationMs: 10, time: column(-10), session: new Int32Array(closes.length) },
    ...{ open: column(1), high: column(4), low: column(0), close: column(2), volume: column(0) },
  };
  return { name, hash: 'a'.repeat(64), product: {}, bars };
}
const barAt = (time: number) => ({ open: time + 1, high: time + 4, low: time, close: time + 2, volume: time });

function chunk(seq: number, fromStep: number, times: readonly number[], fillStep?: number): Chunk {
  const fill = new Float64Array(fillStep === undefined ? 0 : FILL_WIDTH);
  if (fillStep !== undefined) [fill[FILL.step], fill[FILL.quantity], fill[FILL.price]] = [fillStep, 3, 101.5];
  const equity = Float64Array.from(times, time => 1_000 + time);
  const columns = { time: Float64Array.from(times), equity, orders: new Float64Array(), fills: fill };
  return { seq, fromStep, toStep: fromStep + times.length, ...columns };
}

const limits = { barTimeoutMs: 1_000, memoryMb: 100 };

test('has a row for every step, in time order, with the bars that closed then', async () => {
  const join = await smallJoin();
  const datasets = [await kept(join, dataset('spy', [10, 20, 40])), await kept(join, dataset('ief', [20, 30, 40]))];
  const input = await kept(join, { params: {}, feeds: datasets.map(artifact => ({ artifact })), options: {} });
  const pieces = [chunk(0, 0, [10, 20]), chunk(1, 2, [30, 40], 3)].flatMap(each =>
    framesOf({ kind: 'chunk', chunk: each }),
  );
  const task = fakeTask(join.bus, pieces);
  await task.submit({ spec: { kind: 'run', bundle: 'b'.repeat(64), input, datasets, limits } });
  const early = await join.ask(`/tasks/${task.taskId}/rows`);
  expect(early.status).toBe(404);
  await task.pieces();
  await task.completed();
  await vi.waitUntil(async () => (await join.ask(`/tasks/${task.taskId}/artifact`)).ok, { timeout: 20_000 });
  const answer = await join.ask(`/tasks/${task.taskId}/rows`);
  expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
  const rows = (await answer.text()).trimEnd().split('\n');
  expect(rows.map(row => JSON.parse(row))).toEqual([
    { time: 10, equity: 1_010, bars: { spy: barAt(10) } },
    { time: 20, equity: 1_020, bars: { spy: barAt(20), ief: barAt(20) } },
    { time: 30, equity: 1_030, bars: { ief: barAt(30) } },
    {
      ...{ time: 40, equity: 1_040, bars: { spy: barAt(40), ief: barAt(40) } },
      fills: [expect.objectContaining({ step: 3, quantity: 3, price: 101.5 })],
    },
  ]);
});

test('a run of which the store lacks pieces yet has no rows, or a hole that is noticed, but never fewer of them', async () => {
  const join = await smallJoin();
  const spy = await kept(join, dataset('spy', [10, 20, 30]));
  const input = await kept(join, { params: {}, feeds: [{ artifact: spy }], options: {} });
  const pieces = [10, 20, 30].flatMap((time, i) => framesOf({ kind: 'chunk', chunk: chunk(i, i, [time]) }));
  const task = fakeTask(join.bus, pieces);
  await task.submit({ spec: { kind: 'run', bundle: 'b'.repeat(64), input, datasets: [spy], limits } });
  const rows = () => join.ask(`/tasks/${task.taskId}/rows`);
  await task.piece(0);
  await task.completed();
  await vi.waitUntil(async () => (await join.views.tasks.get(task.taskId))?.state === 'completed');
  expect((await rows()).status).toBe(404);
  await task.piece(2);
  await vi.waitUntil(() => join.views.pieces.get(`${task.taskId}:2`));
  await expect(rows().then(answer => answer.text())).rejects.toThrow();
  await task.piece(1);
  await vi.waitUntil(() => join.views.pieces.get(`${task.taskId}:1`));
  expect((await (await rows()).text()).trimEnd().split('\n')).toHaveLength(3);
});

test('only datasets that the run named are read', async () => {
  const join = await smallJoin();
  const other = await kept(join, dataset('spy', [10]));
  const read = vi.spyOn(join.artifacts, 'get');
  // What a sandbox says of its result may be forged, so that a run with any input may be over.
  for (const feeds of [[{ artifact: { $gt: '' } }], [{ artifact: other }], [null], 7, undefined]) {
    const input = await kept(join, { params: {}, feeds, options: {} });
    const task = fakeTask(join.bus, [Buffer.from('x')]);
    await task.submit({ spec: { kind: 'run', bundle: 'b'.repeat(64), input, datasets: [], limits } });
    await task.pieces();
    await task.completed();
    await vi.waitUntil(() => join.filings.get(task.taskId), { timeout: 20_000 });
    read.mockClear();
    const refused = await join.ask(`/tasks/${task.taskId}/rows`);
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([404, 'GB_ARTIFACT_MISSING']);
    expect(read.mock.calls).toEqual([[input]]);
  }
});

test('more bars than memory is meant for are refused, and what is no run has no rows', async () => {
  const join = await smallJoin();
  const large = await kept(join, { ...dataset('large', [10]), filler: new Float64Array(9 * 2 ** 20) });
  const input = await kept(join, { params: {}, feeds: [{ artifact: large }], options: {} });
  const [run, description] = [fakeTask(join.bus, [Buffer.from('x')]), fakeTask(join.bus, [Buffer.from('x')])];
  await run!.submit({ spec: { kind: 'run', bundle: 'b'.repeat(64), input, datasets: [large], limits } });
  await description!.submit();
  for (const task of [run!, description!]) {
    await task.pieces();
    await task.completed();
    await vi.waitUntil(() => join.filings.get(task.taskId), { timeout: 20_000 });
  }
  const refused = await join.ask(`/tasks/${run!.taskId}/rows`);
  expect(refused.status).toBe(413);
  expect(await refused.json()).toMatchObject({ code: 'GB_REQUEST_TOO_LARGE' });
  expect((await join.ask(`/tasks/${description!.taskId}/rows`)).status).toBe(404);
});
