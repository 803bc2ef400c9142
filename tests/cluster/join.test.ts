/** Join on the real engines: what its readers see of tasks and runs, whatever comes when, and whoever dies. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { mongoClient } from '../../src/cluster/adapters/mongo/mongo-client.ts';
import { mongoPassword } from '../../src/cluster/dev/mongodb-secrets.ts';
import type { Bus, Place } from '../../src/cluster/ports/bus.ts';
import { VIEWS_DATABASE } from '../../src/cluster/schema/mongodb-layout.ts';
import { WRITER_GROUP, WRITER_TOPICS } from '../../src/cluster/services/join/store/writer.ts';
import type { EventReader } from '../helpers/join/event-reader.ts';
import { type FakeTask, fakeTask, randomBodies } from '../helpers/join/fake-task.ts';
import { type JoinProcess, openJoin } from '../helpers/join/join-process.ts';
import { temporaryDir } from '../helpers/temporary-dir.ts';
import { testCluster } from '../helpers/test-cluster.ts';

const streamOf = ({ taskId }: FakeTask) => `/tasks/${taskId}/stream`;
const piecesOf = ({ events }: EventReader) => events.filter(({ event }) => event === 'piece');
const endOf = ({ events }: EventReader) => JSON.parse(events.find(({ event }) => event === 'end')?.data ?? 'null');
const seqsOf = (reader: EventReader) => piecesOf(reader).map(({ id }) => Number(id?.split(':')[1]));
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const ended = (reader: EventReader) => reader.until(() => endOf(reader) !== null);

/** Every piece from `from` on, its bytes, in order, then the end. */
async function expectWhole(reader: EventReader, task: FakeTask, from = 0): Promise<void> {
  await ended(reader);
  expect(seqsOf(reader)).toEqual(range(from, task.bodies.length));
  for (const [i, { id, data }] of piecesOf(reader).entries()) {
    expect(id).toBe(`${task.taskId}:${from + i}`);
    expect(Buffer.from(data, 'base64').equals(task.bodies[from + i]!)).toBe(true);
  }
  expect(endOf(reader)).toMatchObject({ state: 'completed', pieces: task.bodies.length, rootHash: task.rootHash });
  await reader.until(reader.isOver);
}

/** Whether the writers have stored all that is before these places. */
async function isStored(bus: Bus, ends: readonly Place[]): Promise<boolean> {
  const standing = await bus.places(WRITER_TOPICS, { group: WRITER_GROUP });
  return ends.every(({ offset }, i) => standing[i]!.offset >= offset);
}

/** The writers have stored all that is in the log now. */
async function untilStored(bus: Bus): Promise<void> {
  const ends = await bus.places(WRITER_TOPICS, 'latest');
  await vi.waitUntil(() => isStored(bus, ends), { timeout: 40_000, interval: 50 });
}

const mongoAdmin = async () => ({ name: 'admin', password: mongoPassword((await testCluster()).secrets, 'admin') });

const publishAll = async (task: FakeTask) => {
  await task.submit();
  await task.changed(1, 'running');
  await task.claimed();
  await task.pieces();
  await task.completed();
  await task.changed(2, 'completed');
};

describe('a reader', () => {
  test('who is there before the task sees it live, and its run', async () => {
    const { bus, start } = await openJoin();
    const replica = await start();
    const task = fakeTask(bus, randomBodies(20, 2_000));
    await task.submit();
    expect((await replica.get(`/runs/${task.runId}`)).body).toMatchObject({
      state: 'accepted',
      version: 0,
      taskList: [],
    });
    const [reader, run] = [await replica.read(streamOf(task)), await replica.read(`/runs/${task.runId}/stream`)];
    await task.changed(1, 'running');
    await task.claimed();
    await task.progress(7);
    await task.pieces();
    await task.completed();
    await task.changed(2, 'completed');
    await expectWhole(reader, task);
    await ended(run);
    const others = reader.events.filter(({ event }) => event !== 'piece').map(({ event, id }) => `${event} ${id}`);
    expect(others).toEqual(['claimed undefined', 'progress undefined', 'end undefined']);
    expect(run.events.map(({ event, id }) => `${event} ${id}`)).toEqual([
      `run ${task.runId}:1`,
      `run ${task.runId}:2`,
      'end undefined',
    ]);
    expect(endOf(run)).toEqual({ state: 'completed' });
    await untilStored(bus);
    const { status, body } = await replica.get(`/runs/${task.runId}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ runId: task.runId, state: 'completed', version: 2, kind: 'run' });
    const place = { attempt: 1, workerId: 'w-0123456789ab', pid: 4711, cpu: 1 };
    expect(body.taskList).toMatchObject([
      { taskId: task.taskId, state: 'completed', pieces: 20, rootHash: task.rootHash, ...place },
    ]);
    const runs = (await replica.get(`/runs?keyId=${body.keyId}&limit=500`)).body.runs as readonly { runId: string }[];
    expect(runs.map(({ runId }) => runId)).toContain(task.runId);
    expect(await replica.get('/health')).toEqual({ status: 200, body: { state: 'RUNNING', streams: 0 } });
  });

  test('who comes later, or again, sees the same from where it stands', async () => {
    const { bus, start } = await openJoin();
    const replica = await start();
    const task = fakeTask(bus, randomBodies(30, 100_000));
    await publishAll(task);
    await expectWhole(await replica.read(streamOf(task)), task);
    await expectWhole(await replica.read(streamOf(task), `${task.taskId}:17`), task, 18);
    await expectWhole(await replica.read(streamOf(task), `${task.taskId}:29`), task, 30);
    const run = await replica.read(`/runs/${task.runId}/stream`, `${task.runId}:2`);
    await ended(run);
    expect(run.events).toHaveLength(1);
  });

  test('who comes while pieces come sees each once, in order', async () => {
    const { bus, start } = await openJoin();
    const replicas = [await start(), await start()];
    const task = fakeTask(bus, randomBodies(150, 5_000));
    const readers: EventReader[] = [];
    for (const seq of task.bodies.keys()) {
      await task.piece(seq);
      if (seq % 6 === 0) readers.push(await replicas[seq % 2]!.read(streamOf(task)));
    }
    await task.completed();
    for (const reader of readers) await expectWhole(reader, task);
  });

  test('sees one result of two attempts, and no end by a worker that failed', async () => {
    const { bus, start } = await openJoin();
    const replica = await start();
    const task = fakeTask(bus, randomBodies(6, 100));
    const reader = await replica.read(streamOf(task));
    await task.claimed(1);
    await task.pieces(0, 3, 1);
    await task.failed('WORKER', 1);
    await task.claimed(2);
    await task.pieces(0, 6, 2);
    await task.piece(5, { attempt: 1 });
    await task.completed(2);
    await expectWhole(reader, task);
    const claims = reader.events.filter(({ event }) => event === 'claimed').map(({ data }) => JSON.parse(data).attempt);
    expect(claims).toEqual([1, 2]);
    await expectWhole(await replica.read(streamOf(task)), task);
  });

  test('of a task that failed, or whose run was cancelled, sees that', async () => {
    const { bus, start } = await openJoin();
    const replica = await start();
    const [thrown, dropped] = [fakeTask(bus, randomBodies(2, 100)), fakeTask(bus, randomBodies(2, 100))];
    const live = await Promise.all([thrown, dropped].map(task => replica.read(streamOf(task))));
    await thrown.piece(0);
    await thrown.failed('THROW');
    await dropped.changed(1, 'cancelled');
    const late = await Promise.all([thrown, dropped].map(task => replica.read(streamOf(task))));
    for (const [ofThrown, ofDropped] of [live, late]) {
      await ended(ofThrown!);
      expect(endOf(ofThrown!)).toMatchObject({ state: 'failed', error: { code: 'GB_STRATEGY_THREW' } });
      await ended(ofDropped!);
      expect(endOf(ofDropped!)).toEqual({ state: 'cancelled', pieces: 0 });
    }
  });

  test('is told that two attempts differ; what was stored first stays', async () => {
    const { bus, views, start } = await openJoin();
    const replica = await start();
    const task = fakeTask(bus, randomBodies(3, 100));
    const reader = await replica.read(streamOf(task));
    await task.pieces(0, 2, 1);
    await task.piece(1, { attempt: 2, body: Buffer.from('something else') });
    await ended(reader);
    expect(endOf(reader)).toMatchObject({ state: 'failed', pieces: 2, error: { code: 'GB_NONDETERMINISTIC' } });
    await task.piece(2);
    await task.completed(2);
    await untilStored(bus);
    const late = await replica.read(streamOf(task));
    await ended(late);
    expect(endOf(late)).toMatchObject({ state: 'failed', error: { code: 'GB_NONDETERMINISTIC' } });
    await task.submit();
    await untilStored(bus);
    const { body } = await replica.get(`/runs/${task.runId}`);
    expect(body.taskList).toMatchObject([{ state: 'failed', error: { code: 'GB_NONDETERMINISTIC' } }]);
    expect(Buffer.from((await views.pieces.get(`${task.taskId}:1`))!.body)).toEqual(task.bodies[1]);
  });
});

test('what nobody can read goes to the dead letters, and its neighbours arrive', async () => {
  const { bus, start } = await openJoin();
  const replica = await start();
  const task = fakeTask(bus, randomBodies(2, 100));
  const letters: Record<string, string>[] = [];
  const handler = async ({ headers }: { headers: Readonly<Record<string, string>> }) =>
    void letters.push({ ...headers });
  const { positioned } = await bus.subscribe({
    group: crypto.randomUUID(),
    topics: ['dead-letters'],
    from: 'latest',
    handler,
  });
  await positioned;
  await task.piece(0);
  const large = Buffer.alloc(8 * 2 ** 20 - 1_000, 7);
  const headers = {
    type: 'result.piece.v1',
    taskId: task.taskId,
    runId: task.runId,
    attempt: '1',
    seq: '1',
    hash: 'f'.repeat(64),
  };
  await bus.publish('results', [{ key: task.taskId, value: 'broken', headers }]);
  await bus.publish('task-events', [{ key: task.taskId, value: '{}', headers: { type: 'task.claimed.v9' } }]);
  await bus.publish('results', [{ key: task.taskId, value: large, headers: { type: 'large' } }]);
  await untilStored(bus);
  await task.piece(1);
  await task.completed();
  await expectWhole(await replica.read(streamOf(task)), task);
  await vi.waitUntil(() => letters.length >= 3, { timeout: 20_000 });
  expect(letters.map(headers => `${headers['dead-code']} ${headers['dead-service']}`)).toEqual(
    Array(3).fill('GB_MESSAGE_INVALID join'),
  );
});

describe('faults', () => {
  test('a replica that starts after all has ended, while its writers lag, tells it to the end', async () => {
    const { bus, start } = await openJoin();
    await (await start()).crash();
    const tasks = range(0, 12).map(() => fakeTask(bus, randomBodies(4, 500)));
    // A member that holds its partitions and stores nothing.
    const stuck = await bus.subscribe({
      group: WRITER_GROUP,
      topics: WRITER_TOPICS,
      from: 'beginning',
      handler: () => Promise.reject(new Error('stuck')),
    });
    await stuck.positioned;
    for (const task of tasks) await publishAll(task);
    expect(await isStored(bus, await bus.places(WRITER_TOPICS, 'latest'))).toBe(false);
    const replica = await start();
    const early = await Promise.all(tasks.map(task => replica.read(streamOf(task))));
    await pause(3_000);
    const late = await Promise.all(tasks.map(task => replica.read(streamOf(task))));
    await pause(1_000);
    await stuck.close();
    for (const readers of [early, late])
      for (const [i, reader] of readers.entries()) await expectWhole(reader, tasks[i]!);
  });

  test('kill -9 while storing: stored once, and the reader goes on elsewhere', async () => {
    const { bus, views, start } = await openJoin();
    const mark = join(temporaryDir(), 'crashed');
    const first = await start({ GOBOOL_CRASH_AT: 'join.stored', GOBOOL_CRASH_MARK: mark });
    const task = fakeTask(bus, randomBodies(40, 1_000));
    const reader = await first.read(streamOf(task)).catch(() => undefined);
    await task.pieces(0, 20);
    await first.ended;
    expect(existsSync(mark)).toBe(true);
    const second = await start();
    const last = reader && piecesOf(reader).at(-1)?.id;
    const again = await second.read(streamOf(task), last);
    await task.pieces(20);
    await task.completed();
    await expectWhole(again, task, last === undefined ? 0 : Number(last.split(':')[1]) + 1);
    await untilStored(bus);
    const stored = await views.pieces.find({
      where: { taskId: task.taskId },
      sort: { field: 'seq', direction: 'ascending' },
      limit: 99,
    });
    expect(stored.map(({ seq }) => seq)).toEqual(range(0, 40));
    expect(await views.conflicts.get(task.taskId)).toBeUndefined();
  });

  test('kill -9 while streaming: the reader goes on at another replica without a hole or a repetition', async () => {
    const { bus, start } = await openJoin();
    const replicas: JoinProcess[] = [await start(), await start()];
    const task = fakeTask(bus, randomBodies(200, 3_000));
    const first = await replicas[0]!.read(streamOf(task));
    const publishing = task.pieces().then(() => task.completed());
    await first.until(() => piecesOf(first).length >= 60);
    await replicas[0]!.crash();
    await first.until(first.isOver);
    const seen = seqsOf(first);
    expect(seen).toEqual(range(0, seen.length));
    const second = await replicas[1]!.read(streamOf(task), `${task.taskId}:${seen.length - 1}`);
    await publishing;
    await expectWhole(second, task, seen.length);
  });

  test('SIGTERM ends it in time, with streams open', async () => {
    const { bus, start } = await openJoin();
    const replica = await start();
    const reader = await replica.read(streamOf(fakeTask(bus, randomBodies(1, 1))));
    const startMs = performance.now();
    replica.child.kill('SIGTERM');
    expect(await replica.ended).toBe(0);
    expect(performance.now() - startMs).toBeLessThan(5_000);
    await reader.until(reader.isOver);
  });
});

test('tails that wait ask the database nothing', async () => {
  const { bus, settings, start } = await openJoin();
  const replica = await start();
  const client = mongoClient({ ...settings.mongodb, login: await mongoAdmin(), timeoutMs: 5_000 });
  onTestFinished(() => client.close());
  await client.connect();
  const database = client.db(VIEWS_DATABASE);
  // The server's own counters hold its housekeeping too.
  await database.command({ profile: 2 });
  onTestFinished(async () => {
    await database.command({ profile: 0 });
  });
  const operationsSince = (moment: Date) =>
    database.collection('system.profile').countDocuments({ ts: { $gt: moment }, user: /^gobool@/ });
  const isQuiet = async () => (await operationsSince(new Date(Date.now() - 2_000))) < tasks.length / 10;
  await untilStored(bus);
  const opening = new Date();
  const tasks = range(0, 200).map(() => fakeTask(bus, []));
  const readers = await Promise.all(tasks.map(task => replica.read(streamOf(task))));
  const hasRead = async () => (await operationsSince(opening)) > tasks.length;
  await vi.waitUntil(hasRead, { timeout: 20_000, interval: 100 });
  await vi.waitUntil(isQuiet, { timeout: 20_000, interval: 100 });
  const waiting = new Date();
  await pause(10_000);
  // Not none: what a killed replica left behind may be stored again once its place in the group is given away.
  expect(await operationsSince(waiting)).toBeLessThan(tasks.length / 2);
  await tasks[0]!.claimed();
  await readers[0]!.until(() => readers[0]!.events.length === 1);
});

const memoryOf = ({ pid }: JoinProcess) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1_024;

test('a reader who does not read is cut off, costs little, and can come back', async () => {
  const { bus, start } = await openJoin();
  const replica = await start();
  const task = fakeTask(bus, randomBodies(60, 1_500_000));
  const slow = await replica.read(streamOf(task));
  await task.piece(0);
  await slow.until(() => piecesOf(slow).length === 1);
  slow.pause();
  const before = memoryOf(replica);
  let most = 0;
  for (const seq of range(1, 60)) {
    await task.piece(seq);
    most = Math.max(most, memoryOf(replica));
  }
  await task.completed();
  await untilStored(bus);
  expect((await replica.get('/health')).body.streams).toBe(0);
  slow.resume();
  await slow.until(slow.isOver);
  const seen = seqsOf(slow);
  expect(seen).toEqual(range(0, seen.length));
  expect(seen.length).toBeLessThan(30);
  await expectWhole(await replica.read(streamOf(task), `${task.taskId}:${seen.length - 1}`), task, seen.length);
  expect(most - before).toBeLessThan(150e6);
}, 180_000);
