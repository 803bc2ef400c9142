/** The stream of a key, and that of a run in hospital, over in-memory adapters. */
import { expect, test } from 'vitest';
import type { EventReader } from '../../../helpers/join/event-reader.ts';
import { fakeTask } from '../../../helpers/join/fake-task.ts';
import { smallJoin } from '../../../helpers/join/small-join.ts';

const statesOf = ({ events }: EventReader) =>
  events.map(({ id, data }) => `${JSON.parse(data).name} ${JSON.parse(data).state} ${id}`);

test('shows the runs of the key as they change, and no others', async () => {
  const { bus, read } = await smallJoin();
  const [a, b, other] = [fakeTask(bus, []), fakeTask(bus, []), fakeTask(bus, [])];
  const reader = await read('/stream?keyId=k-1');
  await a.changed(1, 'queued', { name: 'a', keyId: 'k-1', atMs: 10 });
  await other.changed(1, 'queued', { name: 'x', keyId: 'k-2', atMs: 11 });
  await b.changed(1, 'queued', { name: 'b', keyId: 'k-1', atMs: 12 });
  await reader.until(() => reader.events.length >= 2);
  await a.changed(2, 'running', { name: 'a', keyId: 'k-1', atMs: 13 });
  await a.changed(1, 'queued', { name: 'a', keyId: 'k-1', atMs: 10 });
  await a.changed(3, 'completed', { name: 'a', keyId: 'k-1', atMs: 14 });
  await reader.until(() => reader.events.length >= 4);
  expect(statesOf(reader).sort()).toEqual(['a completed 14', 'a queued 10', 'a running 13', 'b queued 12']);
});

test('tells who comes back what every run is that changed since, then goes on', async () => {
  const { bus, read } = await smallJoin();
  const tasks = Array.from({ length: 5 }, () => fakeTask(bus, []));
  for (const [i, task] of tasks.entries()) {
    await task.changed(1, 'queued', { name: `${i}`, keyId: 'k-1', atMs: 1_000_000 * i });
    await task.changed(2, 'running', { name: `${i}`, keyId: 'k-1', atMs: 1_000_000 * i + 1 });
  }
  const reader = await read('/stream?keyId=k-1', '3000000');
  await reader.until(() => reader.events.length >= 2);
  expect(statesOf(reader)).toEqual(['3 running 3000001', '4 running 4000001']);
  await tasks[0]!.changed(3, 'completed', { name: '0', keyId: 'k-1', atMs: 5_000_000 });
  await reader.until(() => reader.events.length >= 3);
  expect(statesOf(reader)[2]).toBe('0 completed 5000000');
});

test('a run in hospital may go on: neither its stream nor those of its tasks end', async () => {
  const { bus, read } = await smallJoin();
  const task = fakeTask(bus, [Buffer.from('piece')]);
  const [run, pieces] = [await read(`/runs/${task.runId}/stream`), await read(`/tasks/${task.taskId}/stream`)];
  await task.changed(1, 'hospital', { error: { code: 'GB_TASK_WORKERS_LOST', message: 'gone' } });
  await run.until(() => run.events.length >= 1);
  const late = await read(`/runs/${task.runId}/stream`);
  await late.until(() => late.events.length >= 1);
  await task.changed(2, 'running');
  await task.pieces();
  await task.completed();
  await task.changed(3, 'completed');
  for (const reader of [run, late, pieces]) await reader.until(reader.isOver);
  expect(run.events.map(({ event }) => event)).toEqual(['run', 'run', 'run', 'end']);
  expect(late.events.map(({ event }) => event)).toEqual(['run', 'run', 'run', 'end']);
  expect(pieces.events.map(({ event }) => event)).toEqual(['piece', 'end']);
});

test('the stream of a task that a completed run never had ends', async () => {
  const { bus, read } = await smallJoin();
  const task = fakeTask(bus, []);
  const none = `/tasks/${task.runId}-1/stream`;
  const live = await read(none);
  await task.changed(1, 'completed');
  for (const reader of [live, await read(none)]) {
    await reader.until(reader.isOver);
    const [end] = reader.events;
    expect(JSON.parse(end!.data)).toMatchObject({ state: 'failed', error: { code: 'GB_REQUEST_UNKNOWN' } });
  }
});
