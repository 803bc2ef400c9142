/** The error hospital on real PostgreSQL, Kafka and etcd: what falls ill, what is done about it, and who is told. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { pino } from 'pino';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { CaseDetailView, CaseListView, CaseView } from '../../src/cluster/contracts/http/case-view.ts';
import type { Care } from '../../src/cluster/services/command/hospital/admit.ts';
import { caseRoutes } from '../../src/cluster/services/command/http/cases.ts';
import { rebuild } from '../../src/cluster/services/command/rebuild.ts';
import { serveRoutes } from '../../src/cluster/services/common/serve-routes.ts';
import { sweepOf } from '../helpers/command/command-client.ts';
import type { World } from '../helpers/command/command-world.ts';
import { open, openWithService, startOf } from '../helpers/command/open-command.ts';
import type { ScriptedWorker } from '../helpers/command/scripted-worker.ts';
import { openReceiver } from '../helpers/receiver.ts';
import { temporaryDir } from '../helpers/temporary-dir.ts';

const WAIT = { timeout: 20_000, interval: 20 };
const BROKEN = { code: 'GB_ARTIFACT_BROKEN', message: 'not its bytes' };
/** Tried once more, soon. */
const QUICK: Care = { policies: { '*': { retryMs: [20], finally: 'person' } } };

/** Its door. */
async function openCases({ sql }: World) {
  const server = await serveRoutes(0, [caseRoutes(sql, 2)], pino({ level: 'silent' }));
  onTestFinished(() => server[Symbol.asyncDispose]());
  const get = async (path: string) => {
    const response = await fetch(server.url + path);
    return { status: response.status, body: (await response.json()) as unknown };
  };
  const list = async (query = '') => ((await get(`/cases?${query}`)).body as CaseListView).cases;
  const show = async (caseId: string) => (await get(`/cases/${caseId}`)).body as CaseDetailView;
  /** The first case that is so. */
  const until = (isSo: (found: CaseView) => boolean) =>
    vi.waitUntil(async () => (await list()).find(isSo), WAIT) as Promise<CaseView>;
  return { get, list, show, until };
}

async function openHospital(care: Care = QUICK) {
  const service = await openWithService(care);
  return { ...service, cases: await openCases(service.world) };
}

/** Lets it fail through no fault of its own, so often. */
async function failAll(worker: ScriptedWorker, times: number) {
  for (let n = 0; n < times; n++) {
    const start = await startOf(worker, n);
    await worker.claim(start);
    await worker.fail(start, 'WORKER', BROKEN);
    await worker.next();
  }
}

describe('messages', () => {
  /** As large as the broker takes it there. */
  const LARGE = Buffer.alloc(1_000_000, 7);
  const POISON: readonly [string, Buffer, string][] = [
    ['not of its shape', Buffer.from('{"runId":'), 'run.submit.v1'],
    ['as large as can be', LARGE, 'run.cancel.v1'],
    ['of a version that nobody knows', Buffer.from('{}'), 'run.submit.v9'],
  ];

  test.each(POISON)('one that is %s becomes a case, and its neighbours are served', async (_, value, type) => {
    const { client, world, cases } = await openHospital();
    const headers = { type, 'correlation-id': 'c-poison', odd: 'ü' };
    for (const partition of [0, 1]) await world.bus.publish('commands', [{ partition, value, headers }]);
    await client.untilState(await client.submit(), 'queued');
    await vi.waitUntil(async () => (await cases.list('state=open')).length === 2, WAIT);
    const found = await cases.until(({ type: wanted }) => wanted === type);
    const shown = { state: 'open', code: 'GB_MESSAGE_INVALID', service: 'command', attempts: 1 };
    expect(found).toMatchObject({ kind: 'message', ...shown, type, correlationId: 'c-poison' });
    const detail = await cases.show(found.caseId);
    expect(detail).toMatchObject({ headers, place: expect.stringMatching(/^commands\/[01]\/0$/) });
    expect(Buffer.from(detail.body, 'base64').equals(value)).toBe(true);
    // It is published again as it was, and falls ill again.
    await client.resolve(found.caseId, 'retry');
    await cases.until(({ caseId, attempts, state }) => caseId === found.caseId && attempts === 2 && state === 'open');
    expect(await cases.show(found.caseId)).toMatchObject({ headers, body: detail.body, place: detail.place });
    await client.resolve(found.caseId, 'discard');
    await cases.until(({ caseId, state }) => caseId === found.caseId && state === 'discarded');
    expect(await cases.list('state=open')).toHaveLength(1);
    expect((await rebuild(world.sql)).differences).toEqual([]);
  });

  test('one that cannot be handled is tried again by itself, and once more by a person', async () => {
    const { client, cases, counters } = await openHospital();
    // No number of PostgreSQL.
    const runId = await client.submit({ submittedMs: 1e300 });
    const [healthy, other] = [await client.submit(), await client.submit()];
    for (const neighbour of [healthy, other]) await client.untilState(neighbour, 'queued');
    const ill = await cases.until(({ state, attempts }) => state === 'open' && attempts === 10);
    expect(ill).toMatchObject({ code: 'GB_SQL_REFUSED', runId, type: 'run.submit.v1' });
    expect(await cases.list()).toHaveLength(1);
    await client.resolve(ill.caseId, 'retry');
    await cases.until(({ state, attempts }) => state === 'open' && attempts === 20);
    expect(counters.unreadable).toBe(4);
  });

  test('one that was killed before it was written that it is tried again is published twice, and is one case', async () => {
    const { address, world, client } = await open();
    const cases = await openCases(world);
    const mark = join(temporaryDir(), 'reached');
    const spawn = (env: Readonly<Record<string, string>>) =>
      execa(process.execPath, ['tests/fixtures/command-process.ts', JSON.stringify(address)], { env, reject: false });
    const doomed = spawn({ GOBOOL_CRASH_AT: 'command.after_treatment', GOBOOL_CRASH_MARK: mark });
    await world.bus.publish('commands', [{ partition: 0, value: 'odd', headers: { type: 'run.cancel.v1' } }]);
    const { caseId } = await cases.until(({ state }) => state === 'open');
    await client.resolve(caseId, 'retry');
    expect((await doomed).signal).toBe('SIGKILL');
    expect(existsSync(mark)).toBe(true);
    const heir = spawn({});
    await cases.until(({ state, attempts }) => state === 'open' && attempts === 2);
    expect(await cases.list()).toHaveLength(1);
    heir.kill('SIGTERM');
    expect(await heir).toMatchObject({ exitCode: 0 });
  });
});

describe('tasks', () => {
  test('one that no worker can do waits for a person; tried again, it is completed', async () => {
    const { told, url: webhook } = await openReceiver();
    const care: Care = { policies: { '*': { retryMs: [20], finally: 'notify' } }, webhook };
    const { client, worker, cases, world } = await openHospital(care);
    const runner = await worker(1);
    const runId = await client.submit();
    await failAll(runner, 2);
    expect(await client.untilState(runId, 'hospital')).toMatchObject({ error: BROKEN, tasks: { running: 0 } });
    const [ill] = await cases.list(`runId=${runId}`);
    expect(ill).toMatchObject({ kind: 'task', state: 'open', code: BROKEN.code, taskId: `${runId}-0`, attempts: 2 });
    const { body } = await cases.show(ill!.caseId);
    expect(JSON.parse(Buffer.from(body, 'base64').toString())).toMatchObject({ kind: 'describe' });
    await vi.waitUntil(() => told.length === 1, WAIT);
    expect(JSON.parse(told[0]!.body)).toEqual({ v: 1, kind: 'case', case: ill });
    await client.resolve(ill!.caseId, 'retry');
    const again = await startOf(runner, 2);
    expect(again).toMatchObject({ runId, attempt: 3 });
    await runner.claim(again);
    await runner.complete(again);
    expect(await client.untilState(runId, 'completed')).not.toHaveProperty('error');
    expect(await cases.list()).toMatchObject([{ caseId: ill!.caseId, state: 'retried' }]);
    expect(await rebuild(world.sql)).toMatchObject({ cases: 1, differences: [] });
  });

  test('given up by a person, it fails with its error', async () => {
    const { client, worker, cases } = await openHospital();
    const runner = await worker(1);
    const runId = await client.submit();
    await failAll(runner, 2);
    await client.untilState(runId, 'hospital');
    const [ill] = await cases.list('state=open');
    await client.resolve(ill!.caseId, 'discard');
    expect(await client.untilState(runId, 'failed')).toMatchObject({ error: BROKEN, tasks: { failed: 1 } });
    expect(await cases.list()).toMatchObject([{ state: 'discarded' }]);
  });

  test('given up by policy, it fails at once', async () => {
    const { client, worker, cases } = await openHospital({ policies: { '*': { retryMs: [], finally: 'ignore' } } });
    const runner = await worker(1);
    const runId = await client.submit();
    await failAll(runner, 1);
    expect(await client.untilState(runId, 'failed')).toMatchObject({ error: BROKEN });
    expect(await cases.list()).toMatchObject([{ state: 'ignored', runId, keyId: 'k-1' }]);
  });

  test('those of a run that wait for a person are told page after page', async () => {
    const { client, worker, cases } = await openHospital({ policies: { '*': { retryMs: [], finally: 'person' } } });
    const runner = await worker(1);
    const runId = await client.submit({ spec: sweepOf(3, 1) });
    await failAll(runner, 3);
    await client.untilState(runId, 'hospital');
    const ids = (await cases.list(`runId=${runId}`)).map(({ caseId }) => caseId).sort();
    const page = async (after: string) => (await cases.get(`/runs/${runId}/open-cases?after=${after}`)).body;
    expect(await page('')).toEqual({ caseIds: ids.slice(0, 2), isAll: false });
    expect(await page(ids[1]!)).toEqual({ caseIds: ids.slice(2), isAll: true });
    await client.resolve(ids[2]!, 'discard');
    await cases.until(({ state }) => state === 'discarded');
    expect(await page(ids[1]!)).toEqual({ caseIds: [], isAll: true });
  });

  test('others of its run go on; with the run, its case is over', async () => {
    const { client, worker, cases, world } = await openHospital({
      policies: { '*': { retryMs: [], finally: 'person' } },
    });
    const runner = await worker(1);
    const runId = await client.submit({ spec: sweepOf(2, 1) });
    await failAll(runner, 1);
    const other = await startOf(runner, 1);
    await cases.until(({ state }) => state === 'open');
    expect(client.states(runId)).not.toContain('hospital');
    await runner.claim(other);
    await runner.complete(other);
    expect(await client.untilState(runId, 'hospital')).toMatchObject({ tasks: { completed: 1 }, error: BROKEN });
    await client.cancel(runId);
    await client.untilState(runId, 'cancelled');
    expect(await cases.list()).toMatchObject([{ state: 'discarded' }]);
    expect((await rebuild(world.sql)).differences).toEqual([]);
  });
});

test('a run that is not over by its deadline fails, and its worker is told to stop', async () => {
  const { client, worker } = await openHospital();
  const runner = await worker(1);
  const runId = await client.submit({ deadlineMs: Date.now() + 3_000 });
  const start = await startOf(runner);
  await runner.claim(start);
  await client.untilState(runId, 'running');
  expect(await client.untilState(runId, 'failed')).toMatchObject({ error: { code: 'GB_DEADLINE_PASSED' } });
  await vi.waitUntil(() => runner.stops.length === 1, WAIT);
});

describe('callbacks', () => {
  test('tell that a run is over, again if they are not heard', async () => {
    const { told, url: callback } = await openReceiver(n => (n === 0 ? 500 : 204));
    const { client, world, cases } = await openHospital();
    const runId = await client.submit({ callback });
    await client.untilState(runId, 'queued');
    await client.cancel(runId);
    await vi.waitUntil(() => told.length === 2, WAIT);
    for (const { headers, body } of told) {
      expect(headers).toMatchObject({ 'correlation-id': `c-${runId}`, 'gobool-run-id': runId });
      expect(JSON.parse(body)).toEqual(await client.untilState(runId, 'cancelled'));
    }
    const left = async () => await world.sql.query('SELECT 1 FROM gobool.deliveries');
    await vi.waitUntil(async () => (await left()).length === 0, WAIT);
    expect(await cases.list()).toEqual([]);
  });

  test('that nobody hears become a case; tried again, it is heard', async () => {
    const { told, url: callback } = await openReceiver(n => (n < 2 ? 500 : 204));
    const { client, world, cases } = await openHospital();
    const runId = await client.submit({ callback });
    await client.cancel(runId);
    const ill = await cases.until(({ state }) => state === 'open');
    expect(ill).toMatchObject({ kind: 'delivery', code: 'GB_DELIVERY_FAILED', type: 'callback', runId, attempts: 2 });
    expect(ill.message).toBe(`${callback}/ answered 500.`);
    const { body, place } = await cases.show(ill.caseId);
    expect(place).toBe(callback);
    await client.resolve(ill.caseId, 'retry');
    await vi.waitUntil(() => told.length === 3, WAIT);
    expect(told[2]!.body).toBe(Buffer.from(body, 'base64').toString());
    await vi.waitUntil(async () => (await world.sql.query('SELECT 1 FROM gobool.deliveries')).length === 0, WAIT);
    expect(await cases.list()).toMatchObject([{ state: 'retried' }]);
  });
});

test('nothing is found where nothing is, and a question that makes no sense is refused', async () => {
  const cases = await openCases((await open()).world);
  expect(await cases.get('/cases')).toEqual({ status: 200, body: { cases: [] } });
  expect(await cases.get(`/cases/c-${'0'.repeat(24)}`)).toMatchObject({
    status: 404,
    body: { code: 'GB_CASE_UNKNOWN' },
  });
  expect(await cases.get('/cases?state=odd')).toMatchObject({ status: 400, body: { code: 'GB_REQUEST_INVALID' } });
  expect(await cases.get('/cases?limit=0')).toMatchObject({ status: 400 });
});
