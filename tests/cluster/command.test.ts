/** The command service on real PostgreSQL, Kafka and etcd, with workers that say what the test wants. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { EXAMPLES } from '../../src/cluster/contracts/fields.ts';
import { runRoutes } from '../../src/cluster/services/command/http/runs.ts';
import { rebuild } from '../../src/cluster/services/command/rebuild.ts';
import { serveRoutes } from '../../src/cluster/services/common/serve-routes.ts';
import { sweepOf } from '../helpers/command/command-client.ts';
import { open, openWithService, startOf, until } from '../helpers/command/open-command.ts';
import { ScriptedWorker } from '../helpers/command/scripted-worker.ts';
import { temporaryDir } from '../helpers/temporary-dir.ts';

test('a run is queued, dispatched to an idle worker, claimed and completed', async () => {
  const { client, worker, world } = await openWithService();
  const runId = await client.submit();
  expect(await client.untilState(runId, 'queued')).toMatchObject({ version: 1, position: 0, tasks: { total: 1 } });
  const first = await worker(7);
  const start = await startOf(first);
  expect(start).toMatchObject({ taskId: `${runId}-0`, runId, attempt: 1, workerId: first.workerId, slot: 0 });
  await first.claim(start);
  expect(await client.untilState(runId, 'running')).toMatchObject({
    version: 2,
    position: null,
    tasks: { running: 1 },
  });
  await first.complete(start);
  expect(await client.untilState(runId, 'completed')).toMatchObject({
    version: 3,
    tasks: { completed: 1, running: 0 },
  });
  expect(
    await world.sql.query('SELECT type FROM gobool.events WHERE stream = $1 ORDER BY version', [start.taskId]),
  ).toEqual(['queued', 'dispatched', 'claimed', 'completed'].map(type => ({ type })));
  await until(() => client.received.length === 3);
  expect(await world.sql.query('SELECT 1 FROM gobool.outbox')).toEqual([]);
});

test('what a vanished worker did not claim is dispatched again, and its first attempt is fenced', async () => {
  const { client, worker, counters } = await openWithService();
  const runId = await client.submit();
  const zombie = await worker(1);
  const first = await startOf(zombie);
  await zombie.vanish();
  const heir = await worker(2);
  const second = await startOf(heir);
  expect([first.attempt, second.attempt]).toEqual([1, 2]);
  await zombie.claim(first);
  await zombie.complete(first);
  await until(() => counters.fencedFacts === 2);
  expect(client.states(runId)).toEqual(['queued']);
  await heir.claim(second);
  await heir.complete(second);
  await client.untilState(runId, 'completed');
  expect(client.states(runId)).toEqual(['queued', 'running', 'completed']);
});

test('what is not claimed within 2 s is dispatched again, to the same slot if it is still open', async () => {
  const { client, worker } = await openWithService();
  await client.submit();
  const silent = await worker(1);
  const begin = performance.now();
  expect((await startOf(silent, 1)).attempt).toBe(2);
  expect(performance.now() - begin).toBeGreaterThan(1_500);
});

test('a task whose worker is gone is queued again, and what the dead one still says is ignored', async () => {
  const { client, worker, counters } = await openWithService();
  const runId = await client.submit();
  const dead = await worker(1);
  const first = await startOf(dead);
  await dead.claim(first);
  await client.untilState(runId, 'running');
  await dead.vanish();
  await until(() => client.states(runId).at(-1) === 'queued');
  await dead.complete(first);
  await until(() => counters.fencedFacts === 1);
  const heir = await worker(2);
  heir.completeAll();
  await client.untilState(runId, 'completed');
  expect(heir.starts.map(({ attempt }) => attempt)).toEqual([2]);
});

test('a returned task comes back to its old place', async () => {
  const { client, worker } = await openWithService();
  const older = await client.submit();
  await client.untilState(older, 'queued');
  const younger = await client.submit();
  await client.untilState(younger, 'queued');
  const first = await worker(1);
  const start = await startOf(first);
  expect(start.runId).toBe(older);
  await first.giveBack(start);
  const second = await worker(2);
  expect(await startOf(second)).toMatchObject({ runId: older, attempt: 2 });
});

test("the strategy's own failure is final; others are tried again", async () => {
  const { client, worker } = await openWithService();
  const runner = await worker(1);
  const thrown = await client.submit();
  const start = await startOf(runner);
  await runner.claim(start);
  await runner.fail(start, 'THROW');
  expect(await client.untilState(thrown, 'failed')).toMatchObject({
    tasks: { failed: 1, running: 0 },
    error: { code: 'GB_STRATEGY_THREW' },
  });
  await runner.next();
  const unlucky = await client.submit();
  const once = await startOf(runner, 1);
  await runner.claim(once);
  await runner.fail(once, 'EXIT', { code: 'GB_SANDBOX_EXIT', message: 'a \0 from a stranger' });
  await runner.next();
  const twice = await startOf(runner, 2);
  expect(twice).toMatchObject({ runId: unlucky, attempt: 2 });
});

test('cancelling drops waiting tasks and stops running ones', async () => {
  const { client, worker, counters } = await openWithService();
  const waiting = await client.submit();
  await client.untilState(waiting, 'queued');
  await client.cancel(waiting, 'k-2');
  await until(() => counters.ignoredCommands === 1);
  await client.cancel(waiting);
  expect(await client.untilState(waiting, 'cancelled')).toMatchObject({ version: 2, position: null });
  const runner = await worker(1);
  const running = await client.submit();
  const start = await startOf(runner);
  await runner.claim(start);
  await client.untilState(running, 'running');
  await client.cancel(running);
  expect(await client.untilState(running, 'cancelled')).toMatchObject({ tasks: { running: 0 } });
  await until(() => runner.stops.length === 1);
  expect(runner.stops[0]).toEqual({ taskId: start.taskId, attempt: 1, workerId: runner.workerId });
  await runner.complete(start);
  await until(() => counters.fencedFacts === 1);
  expect(client.states(running).at(-1)).toBe('cancelled');
});

test('the same submit again is nothing new; something else under its id is refused', async () => {
  const { client, counters, world } = await openWithService();
  const runId = await client.submit();
  await client.submit({ runId });
  await client.submit({ runId, payloadHash: 'f'.repeat(64), name: 'other' });
  await until(() => client.history(runId).length === 2);
  expect(client.history(runId)[1]).toMatchObject({
    state: 'queued',
    name: 'test',
    error: { code: 'GB_RUN_OTHER_PAYLOAD' },
  });
  expect(counters).toMatchObject({ commands: 2, ignoredCommands: 1 });
  expect(await world.sql.query('SELECT task_id FROM gobool.tasks')).toHaveLength(1);
});

test('whose a run is and what was submitted can be asked for', async () => {
  const { client, world } = await openWithService();
  const runId = await client.submit({ keyId: 'k-2' });
  await client.untilState(runId, 'queued');
  await using server = await serveRoutes(0, [runRoutes(world.sql)], pino({ level: 'silent' }));
  const show = async (id: string) => (await fetch(`${server.url}/runs/${id}`)).json();
  expect(await show(runId)).toEqual({ keyId: 'k-2', payloadHash: EXAMPLES.hash });
  expect(await show('r-000000000000000000000000')).toMatchObject({ status: 404, code: 'GB_RUN_UNKNOWN' });
});

test('a sweep is cut into slices; too many are rejected', async () => {
  const { client, worker } = await openWithService();
  const huge = await client.submit({ spec: sweepOf(1_000_000, 1) });
  expect(await client.untilState(huge, 'rejected')).toMatchObject({ error: { code: 'GB_RUN_TOO_LARGE' } });
  const workers = [await worker(1), await worker(2)];
  for (const each of workers) each.completeAll();
  const runId = await client.submit({ spec: sweepOf(10, 3) });
  expect(await client.untilState(runId, 'completed')).toMatchObject({ tasks: { total: 4, completed: 4, running: 0 } });
  const slices = workers.flatMap(({ starts }) => starts.map(({ spec }) => spec));
  const ranges = slices.map(spec => (spec.kind === 'slice' ? [spec.from, spec.to] : []));
  expect(ranges.toSorted(([a = 0], [b = 0]) => a - b)).toEqual([
    [0, 3],
    [3, 6],
    [6, 9],
    [9, 10],
  ]);
  const versions = client.history(runId).map(({ version }) => version);
  expect(versions).toEqual(versions.map((_, i) => i + 1));
});

test('one worker serves two keys in turn, higher priorities first, and positions say so', async () => {
  const { client, worker } = await openWithService();
  const positions: (number | null)[] = [];
  const submit = async (keyId: string, name: string, priority = 0) => {
    const runId = await client.submit({ keyId, name, priority });
    positions.push((await client.untilState(runId, 'queued')).position);
    return runId;
  };
  const runs = [
    await submit('k-1', 'a1'),
    await submit('k-1', 'a2'),
    await submit('k-1', 'a3'),
    await submit('k-2', 'b1'),
    await submit('k-2', 'b2'),
    await submit('k-1', 'urgent', 5),
  ];
  expect(positions).toEqual([0, 1, 2, 1, 3, 0]);
  const runner = await worker(1);
  const order: string[] = [];
  for (let i = 0; i < runs.length; i++) {
    const start = await startOf(runner, i);
    order.push(client.history(start.runId)[0]?.name ?? '');
    await runner.claim(start);
    await runner.complete(start);
    await client.untilState(start.runId, 'completed');
    await runner.next();
  }
  expect(order).toEqual(['urgent', 'b1', 'a1', 'b2', 'a2', 'a3']);
});

/** Places between a commit and the end of the send. */
const CRASH_POINTS = [
  'command.after_commit',
  'command.after_dispatch',
  'command.before_send',
  'command.after_send',
] as const;

test.each(CRASH_POINTS)('killed at %s, it loses nothing and tells nothing twice', async point => {
  const { address, world, client } = await open();
  const mark = join(temporaryDir(), 'reached');
  const spawn = (env: Readonly<Record<string, string>>) =>
    execa(process.execPath, ['tests/fixtures/command-process.ts', JSON.stringify(address)], { env, reject: false });
  const doomed = spawn({ GOBOOL_CRASH_AT: point, GOBOOL_CRASH_MARK: mark });
  const worker = new ScriptedWorker(world, 1);
  worker.completeAll();
  await worker.begin();
  const runIds = await Promise.all([1, 2, 3].map(() => client.submit({ spec: sweepOf(4, 2) })));
  expect((await doomed).signal).toBe('SIGKILL');
  expect(existsSync(mark)).toBe(true);
  const heir = spawn({});
  for (const runId of runIds) await client.untilState(runId, 'completed', 40_000);
  heir.kill('SIGTERM');
  expect(await heir).toMatchObject({ exitCode: 0 });
  for (const runId of runIds) {
    const history = client.history(runId);
    expect(history.map(({ version }) => version)).toEqual(history.map((_, i) => i + 1));
    expect(history.at(-1)).toMatchObject({ state: 'completed', tasks: { total: 2, completed: 2 } });
  }
  expect(await world.sql.query('SELECT 1 FROM gobool.outbox')).toEqual([]);
  const { runs, tasks, differences } = await rebuild(world.sql);
  expect({ runs, tasks, differences }).toEqual({ runs: 3, tasks: 6, differences: [] });
});

test('replaying all events gives the same rows; a changed row is found', async () => {
  const { client, worker, world } = await openWithService();
  const [first, second] = [await worker(1), await worker(2)];
  first.completeAll();
  second.completeAll();
  const swept = await client.submit({ spec: sweepOf(12, 2) });
  await client.untilState(swept, 'completed');
  await client.submit({ runId: swept, payloadHash: 'f'.repeat(64) });
  await client.untilState(await client.submit({ spec: sweepOf(1_000_000, 1) }), 'rejected');
  await Promise.all([first.vanish(), second.vanish()]);
  const waiting = await client.submit();
  await client.untilState(waiting, 'queued');
  await until(() => client.history(swept).some(({ error }) => error !== undefined));
  expect(await rebuild(world.sql)).toMatchObject({ runs: 3, tasks: 7, differences: [] });
  await world.sql.query(`UPDATE gobool.tasks SET attempt = 9 WHERE run_id = $1`, [waiting]);
  await world.sql.query('DELETE FROM gobool.runs WHERE run_id = $1', [swept]);
  expect((await rebuild(world.sql)).differences).toEqual([swept, `${waiting}-0`]);
});
