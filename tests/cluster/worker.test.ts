/** Workers as processes, on the real engines: what they take, what they send, and what becomes of them. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { InputWriter } from '../../src/cluster/client/stored-input.ts';
import { decodeFrame } from '../../src/cluster/contracts/frame.ts';
import { serviceSettings } from '../../src/cluster/dev/service-settings.ts';
import { freePorts } from '../../src/cluster/dev/state/ports.ts';
import type { PooledWorker } from '../../src/cluster/services/worker/pool.ts';
import type { RunInput } from '../../src/runtime/bundle/abi.ts';
import { type Bundle, bundleStrategy } from '../../src/runtime/host/bundler/bundle-strategy.ts';
import { DEFAULT_LIMITS } from '../../src/runtime/host/executor.ts';
import { inlineExecutor } from '../../src/runtime/host/executors/inline-executor.ts';
import { ResultHasher } from '../../src/runtime/host/result-hash.ts';
import { dailyInput, project } from '../helpers/strategy-project.ts';
import { taskDesk } from '../helpers/task-desk.ts';
import { tcpProxy } from '../helpers/tcp-proxy.ts';
import { temporaryDir } from '../helpers/temporary-dir.ts';
import { testCluster } from '../helpers/test-cluster.ts';
import { poolProcess, workerProcess } from '../helpers/worker-process.ts';

const LEASE_TTL_MS = 6_000;
const INPUT = dailyInput(3_000);

const strategy = (onBar: string) => `
import { defineStrategy } from 'gobool';
export default defineStrategy({ name: 'tested', onBar({ order, index }) { ${onBar} } });`;
const TRADES = strategy('if (index % 7 === 3) order.market(index % 2 === 0 ? 5 : -5);');
const ENDLESS = strategy('for (;;);');
/** It ends while its worker stands still. */
const SLOW = strategy('for (let i = 0; i < 5e5; i++) Math.sqrt(i);');
const THROWS = strategy("throw new Error('no more');");

async function open() {
  const settings = serviceSettings('worker', await testCluster());
  const desk = await taskDesk(settings);
  const upload = async (text: string) => {
    const bundle = await bundleStrategy('strategy.ts', { cwd: project({ 'strategy.ts': text }) });
    const { artifacts, parts } = new InputWriter().write(bundle, INPUT);
    for (const { hash, bytes } of artifacts) await desk.artifacts.put(hash, bytes);
    const limits = { ...DEFAULT_LIMITS, barTimeoutMs: 60_000 };
    return { bundle, spec: { kind: 'run', ...parts, limits } as const };
  };
  return { settings, desk, upload };
}

/** The hash that the run has in this process. */
async function hashHere(bundle: Bundle, input: RunInput): Promise<string> {
  const hasher = new ResultHasher();
  const run = inlineExecutor().run(bundle, input, chunk => hasher.update(chunk), { limits: DEFAULT_LIMITS });
  return hasher.finish(await run);
}

const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');

const childrenOf = (pid: number) =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);

const untilGone = (pid: number) => vi.waitUntil(() => !existsSync(`/proc/${pid}`), { timeout: 10_000, interval: 20 });

test('a task is claimed, sends its pieces, and has the result that it has in this process', async () => {
  const { settings, desk, upload } = await open();
  const { bundle, spec } = await upload(TRADES);
  const worker = workerProcess(settings, { GOBOOL_WORKER_CPU: '0' });
  const offer = await desk.offerOf(worker.pid);
  expect(offer).toMatchObject({ slot: 0, free: true, pid: worker.pid, cpu: 0 });
  expect((await desk.claims.get(String(offer.partition)))?.value.workerId).toBe(offer.workerId);

  const task = await desk.send(offer, spec);
  const { body: completed } = await desk.until(task, 'task.completed.v1');
  const subject = { taskId: task.taskId, attempt: 1, workerId: offer.workerId, slot: 0 };
  expect(completed).toMatchObject({ ...subject, resultHash: await hashHere(bundle, INPUT) });
  const { body: claimed, headers } = await desk.until(task, 'task.claimed.v1');
  expect(claimed).toMatchObject({ ...subject, cpu: 0 });
  expect(headers['correlation-id']).toBe(`c-${task.taskId}`);
  const pieces = await desk.pieces(task, completed.pieces);
  expect(pieces.map(({ headers: { seq } }) => seq)).toEqual(pieces.map((_, i) => String(i)));
  expect(pieces.map(({ headers: { hash } }) => hash)).toEqual(pieces.map(({ value }) => sha256(value)));
  expect(sha256(pieces.map(({ headers: { hash } }) => hash).join(''))).toBe(completed.rootHash);
  expect(decodeFrame(pieces[0]!.value)).toMatchObject({ kind: 'chunk' });
  expect(decodeFrame(pieces.at(-1)!.value)).toMatchObject({ kind: 'summary' });

  const second = await desk.send(await desk.offerOf(worker.pid, 1), spec);
  const { body: again } = await desk.until(second, 'task.completed.v1');
  expect(again).toMatchObject({ slot: 1, rootHash: completed.rootHash });
  expect((await desk.until(second, 'task.claimed.v1')).body.pid).not.toBe(claimed.pid);
});

test('a strategy that throws fails with its error, and the next task is fine', async () => {
  const { settings, desk, upload } = await open();
  const worker = workerProcess(settings);
  const failing = await desk.send(await desk.offerOf(worker.pid), (await upload(THROWS)).spec);
  const { body: failed } = await desk.until(failing, 'task.failed.v1');
  expect(failed).toMatchObject({ verdict: 'THROW', error: { code: 'GB_STRATEGY_THREW' } });
  const fine = await desk.send(await desk.offerOf(worker.pid, 1), (await upload(TRADES)).spec);
  await desk.until(fine, 'task.completed.v1');
});

test('a task for another worker, for another slot, or while one runs goes back; one sent twice runs once', async () => {
  const { settings, desk, upload } = await open();
  const { spec } = await upload(ENDLESS);
  const worker = workerProcess(settings);
  const offer = await desk.offerOf(worker.pid);
  const stranger = await desk.send({ ...offer, workerId: 'w-000000000000' }, spec);
  const { body } = await desk.until(stranger, 'task.returned.v1');
  expect(body).toMatchObject({ workerId: 'w-000000000000', reason: expect.stringContaining('it is for') });
  const late = await desk.send({ ...offer, slot: 5 }, spec);
  expect((await desk.until(late, 'task.returned.v1')).body.reason).toMatch('slot 5, open is 0');

  const running = await desk.send(offer, spec);
  await desk.until(running, 'task.claimed.v1');
  await desk.send(offer, spec, running.taskId);
  const next = await desk.send(offer, spec);
  expect((await desk.until(next, 'task.returned.v1')).body.reason).toBe('busy');
  expect(desk.typesOf(running)).not.toContain('task.returned.v1');

  await desk.stop(offer, running);
  const { body: failed } = await desk.until(running, 'task.failed.v1');
  expect(failed).toMatchObject({ verdict: 'CANCELLED', error: { code: 'GB_RUN_CANCELLED' } });
  expect(desk.typesOf(running).filter(type => type === 'task.claimed.v1')).toHaveLength(1);
});

test('a sandbox that somebody killed while it waited is replaced', async () => {
  const { settings, desk, upload } = await open();
  const worker = workerProcess(settings);
  const offer = await desk.offerOf(worker.pid);
  const [sandbox = 0] = childrenOf(worker.pid);
  process.kill(sandbox, 'SIGKILL');
  await untilGone(sandbox);
  await desk.until(await desk.send(offer, (await upload(TRADES)).spec), 'task.completed.v1');
});

test('a link to etcd that is cut for a moment changes nothing; one that stays cut ends the worker', async () => {
  const { settings, desk, upload } = await open();
  const proxy = await tcpProxy(Number(settings.etcd.split(':')[1]));
  const worker = workerProcess({ ...settings, etcd: `127.0.0.1:${proxy.port}` });
  const offer = await desk.offerOf(worker.pid);
  proxy.cut();
  await pause(LEASE_TTL_MS / 4);
  proxy.mend();
  await desk.until(await desk.send(offer, (await upload(TRADES)).spec), 'task.completed.v1');
  await desk.offerOf(worker.pid, 1);
  proxy.cut();
  expect(await worker.ended).toBe(1);
  expect(worker.log()).toMatch('GB_LEASE_LOST');
});

test('a pool keeps its workers running, tells how they are, and none outlives it', async () => {
  const { settings, desk } = await open();
  const [port = 0] = await freePorts(1, []);
  const pool = poolProcess({ ...settings, port }, { GOBOOL_WORKER_SLOTS: '2' });
  const health = async () => {
    const response = await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined);
    if (response?.status !== 200) return [];
    return ((await response.json()) as { workers: PooledWorker[] }).workers;
  };
  const listening = () =>
    vi.waitUntil(
      async () => {
        const workers = await health();
        return workers.length === 2 && workers.every(({ offer }) => offer !== null) && workers;
      },
      { timeout: 60_000, interval: 100 },
    );
  const [first, second] = await listening();
  expect(first?.offer?.partition).not.toBe(second?.offer?.partition);
  process.kill(first?.pid ?? 0, 'SIGKILL');
  await vi.waitUntil(async () => (await health())[0]?.restarts === 1, { timeout: 10_000, interval: 50 });
  const [next] = await listening();
  expect(next?.offer?.workerId).not.toBe(first?.offer?.workerId);
  expect((await desk.offerOf(next?.pid ?? 0)).workerId).toBe(next?.offer?.workerId);
  pool.child.kill('SIGKILL');
  for (const pid of [next?.pid, second?.pid]) await untilGone(pid ?? 0);
});

test('what nobody can read is passed over', async () => {
  const { settings, desk, upload } = await open();
  const worker = workerProcess(settings);
  const offer = await desk.offerOf(worker.pid);
  const { partition } = offer;
  await desk.publish('tasks', [
    { partition, value: 'not JSON', headers: { type: 'task.start.v1' } },
    { partition, value: '{}', headers: { type: 'task.start.v1' } },
    { partition, value: '{}', headers: { type: 'task.start.v99' } },
    { partition, value: '' },
  ]);
  await desk.until(await desk.send(offer, (await upload(TRADES)).spec), 'task.completed.v1');
});

test('a task whose artifacts are not there fails by no fault of its own', async () => {
  const { settings, desk } = await open();
  const worker = workerProcess(settings);
  const limits = { ...DEFAULT_LIMITS };
  const spec = { kind: 'describe', bundle: sha256(crypto.randomUUID()), limits } as const;
  const task = await desk.send(await desk.offerOf(worker.pid), spec);
  const { body } = await desk.until(task, 'task.failed.v1');
  expect(body).toMatchObject({ verdict: 'WORKER', error: { code: 'GB_ARTIFACT_MISSING' } });
});

test('SIGTERM takes the offer back, gives the task back after a grace, and lets go of everything', async () => {
  const { settings, desk, upload } = await open();
  const [idle, busy] = [workerProcess(settings), workerProcess(settings)];
  const offers = [await desk.offerOf(idle.pid), await desk.offerOf(busy.pid)] as const;
  expect(offers[0].partition).not.toBe(offers[1].partition);
  const running = await desk.send(offers[1], (await upload(ENDLESS)).spec);
  const { pid: sandbox } = (await desk.until(running, 'task.claimed.v1')).body;
  for (const { child } of [idle, busy]) child.kill('SIGTERM');
  expect(await idle.ended).toBe(0);
  expect((await desk.until(running, 'task.returned.v1')).body.reason).toBe('draining');
  expect(await busy.ended).toBe(0);
  const left = (await desk.offers()).map(({ workerId }) => workerId);
  for (const { workerId, partition } of offers) {
    expect(left).not.toContain(workerId);
    expect((await desk.claims.get(String(partition)))?.value.workerId).not.toBe(workerId);
  }
  await untilGone(sandbox);
});

test('kill -9 frees the partition when the lease is over, and takes the sandbox along', async () => {
  const { settings, desk, upload } = await open();
  const mark = join(temporaryDir(), 'mark');
  const worker = workerProcess(settings, { GOBOOL_CRASH_AT: 'worker.before_completed', GOBOOL_CRASH_MARK: mark });
  const offer = await desk.offerOf(worker.pid);
  const task = await desk.send(offer, (await upload(TRADES)).spec);
  expect(await worker.ended).toBe('SIGKILL');
  expect(existsSync(mark)).toBe(true);
  const { pid: sandbox } = (await desk.until(task, 'task.claimed.v1')).body;
  await desk.untilFree(offer, LEASE_TTL_MS + 3_000);
  expect(desk.typesOf(task)).not.toContain('task.completed.v1');
  await untilGone(sandbox);
});

test('one that stood still for longer than its lease dies without a word', async () => {
  const { settings, desk, upload } = await open();
  const worker = workerProcess(settings);
  const offer = await desk.offerOf(worker.pid);
  const task = await desk.send(offer, (await upload(SLOW)).spec);
  const { pid: sandbox } = (await desk.until(task, 'task.claimed.v1')).body;
  worker.child.kill('SIGSTOP');
  await desk.untilFree(offer, LEASE_TTL_MS + 3_000);
  const before = desk.typesOf(task);
  worker.child.kill('SIGCONT');
  expect(await worker.ended).toBe(1);
  expect(worker.log()).toMatch('GB_LEASE_LOST');
  await pause(500);
  expect(desk.typesOf(task)).toEqual(before);
  expect(before).not.toContain('task.completed.v1');
  await untilGone(sandbox);
});
