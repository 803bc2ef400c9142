/** The queue as promised: order, fairness, positions, cancel and move, on real PostgreSQL, Kafka and etcd. */
import { expect, test } from 'vitest';
import { rebuild } from '../../src/cluster/services/command/rebuild.ts';
import { pendingTasks, queueView } from '../../src/cluster/services/command/store/queue.ts';
import { sweepOf } from '../helpers/command/command-client.ts';
import { openWithService, startOf, until } from '../helpers/command/open-command.ts';
import { ScriptedWorker } from '../helpers/command/scripted-worker.ts';

type Opened = Awaited<ReturnType<typeof openWithService>>;

/** One after the other. Resolves to the ids. */
async function submitAll({ client }: Opened, keyId: string, count: number): Promise<readonly string[]> {
  const runIds: string[] = [];
  for (let i = 0; i < count; i++) {
    const runId = await client.submit({ keyId, name: `${keyId} ${i}` });
    await client.untilState(runId, 'queued');
    runIds.push(runId);
  }
  return runIds;
}

/** A new worker does `count` tasks. Resolves to their runs; before each, the queue says which one it will be. */
async function serve({ client, world }: Opened, partition: number, count: number): Promise<readonly string[]> {
  const worker = new ScriptedWorker(world, partition);
  await worker.listen();
  for (let n = 0; n < count; n++) {
    const { entries } = await queueView(world.sql, 1);
    await worker.next();
    const start = await startOf(worker, n);
    expect(entries).toMatchObject([{ runId: start.runId, position: 0 }]);
    await worker.claim(start);
    await worker.complete(start);
    await client.untilState(start.runId, 'completed');
  }
  await worker.vanish();
  return worker.starts.map(({ runId }) => runId);
}

test('fifty short tasks pass a long one, and the key that has less goes first', async () => {
  const opened = await openWithService();
  const { client, world } = opened;
  const long = await opened.worker(1);
  const [longRun = ''] = await submitAll(opened, 'k-1', 1);
  await long.claim(await startOf(long));
  await client.untilState(longRun, 'running');

  const ofOne = await submitAll(opened, 'k-1', 25);
  const ofTwo = await submitAll(opened, 'k-2', 25);
  expect(await queueView(world.sql, 1)).toMatchObject({
    entries: [{ runId: ofTwo[0], name: 'k-2 0', keyId: 'k-2', priority: 0, position: 0, waiting: 1, running: 0 }],
    waiting: 50,
    running: 1,
  });
  expect(await Promise.all(['k-1', 'k-2', 'k-3'].map(keyId => pendingTasks(world.sql, keyId)))).toEqual([26, 25, 0]);
  // The long task is its key's share of the two workers.
  expect(await serve(opened, 2, 50)).toEqual([...ofTwo, ...ofOne]);
  expect(client.states(longRun)).toEqual(['queued', 'running']);
  await client.cancel(longRun);
  await until(() => long.stops.length === 1);
  expect(await queueView(world.sql, 1)).toEqual({ entries: [], waiting: 0, running: 0 });
});

test('a run is moved to the front, to the back, to another priority; one that is cancelled leaves', async () => {
  const opened = await openWithService();
  const { client, world, counters } = opened;
  const [a = '', b = '', c = '', d = '', e = ''] = await submitAll(opened, 'k-1', 5);
  await client.reorder(d, { to: 'front' });
  expect(await client.untilVersion(d, 2)).toMatchObject({ state: 'queued', position: 0, priority: 0 });
  await client.reorder(a, { to: 'back' });
  expect(await client.untilVersion(a, 2)).toMatchObject({ position: 4 });
  await client.reorder(c, { priority: 5 });
  expect(await client.untilVersion(c, 2)).toMatchObject({ position: 0, priority: 5 });
  await client.reorder(e, { priority: 5, to: 'front' });
  expect(await client.untilVersion(e, 2)).toMatchObject({ position: 0, priority: 5 });
  await client.reorder(b, { to: 'front' }, 'k-2');
  await until(() => counters.ignoredCommands === 1);
  const { entries } = await queueView(world.sql, 10);
  expect(entries.map(({ runId, position }) => [runId, position])).toEqual([e, c, d, b, a].map((run, i) => [run, i]));
  await client.cancel(b);
  await client.untilState(b, 'cancelled');
  expect(await serve(opened, 1, 4)).toEqual([e, c, d, a]);
  expect(await rebuild(world.sql)).toMatchObject({ runs: 5, tasks: 5, differences: [] });
});

test('a task that a worker has stays there; should it come back, it goes where its run was moved', async () => {
  const opened = await openWithService();
  const { client, world } = opened;
  const worker = await opened.worker(1);
  const swept = await client.submit({ spec: sweepOf(2, 1) });
  const start = await startOf(worker);
  await worker.claim(start);
  await client.untilState(swept, 'running');
  const [other = ''] = await submitAll(opened, 'k-1', 1);
  await client.reorder(swept, { to: 'back' });
  expect(await client.untilVersion(swept, 3)).toMatchObject({ state: 'running', position: null });
  await worker.giveBack(start);
  await until(() => client.states(swept).at(-1) === 'queued');
  expect(await queueView(world.sql, 10)).toMatchObject({
    entries: [
      { runId: other, position: 0 },
      { runId: swept, position: 1, waiting: 2 },
    ],
    running: 0,
  });
  expect(await serve(opened, 2, 1)).toEqual([other]);
  expect(await rebuild(world.sql)).toMatchObject({ runs: 2, tasks: 3, differences: [] });
});
