/** A worker over the in-memory adapters, with sandboxes that do what a test says. */
import { createHash } from 'node:crypto';
import { pino } from 'pino';
import { expect, onTestFinished, test, vi } from 'vitest';
import { memoryArtifacts } from '../../../../src/cluster/adapters/memory/artifacts.ts';
import { memoryBus } from '../../../../src/cluster/adapters/memory/bus.ts';
import { MemoryKeys } from '../../../../src/cluster/adapters/memory/memory-keys.ts';
import { memoryLeases } from '../../../../src/cluster/adapters/memory/memory-leases.ts';
import { TASK_PARTITIONS, type WorkerOffer } from '../../../../src/cluster/contracts/cluster-objects.ts';
import { encodeMessage } from '../../../../src/cluster/contracts/define-message.ts';
import { taskStart } from '../../../../src/cluster/contracts/messages/task-start.ts';
import type { Sandbox } from '../../../../src/cluster/sandbox/sandbox.ts';
import { ETCD_KEYS } from '../../../../src/cluster/schema/etcd-layout.ts';
import { runWorker } from '../../../../src/cluster/services/worker/worker.ts';
import { GoboolError } from '../../../../src/runtime/base/error.ts';
import { DEFAULT_LIMITS } from '../../../../src/runtime/host/executor.ts';

type Run = Sandbox['run'];

const HASH = 'ab'.repeat(32);
const DONE = { verdict: 'DONE', pieces: 1, rootHash: HASH } as const;
const ON_PIECE: Run = async (_task, { onPiece }) => {
  await onPiece(0, Buffer.from('frame'));
  return DONE;
};
const BUNDLE = Buffer.from('export {}');
const bundle = createHash('sha256').update(BUNDLE).digest('hex');

const until = (isSo: () => boolean) => vi.waitUntil(isSo, { timeout: 8_000, interval: 5 });

async function open(run: Run = ON_PIECE, keys = new MemoryKeys()) {
  const bus = memoryBus();
  bus.makeTopic('tasks', TASK_PARTITIONS);
  const messages: { type: string; body: Record<string, unknown> }[] = [];
  for (const topic of ['task-events', 'results']) {
    bus.makeTopic(topic, 1);
    const handler = ({ headers, value }: { headers: Readonly<Record<string, string>>; value: Buffer }) =>
      void messages.push({
        type: headers.type ?? '',
        body: topic === 'results' ? {} : JSON.parse(value.toString()),
      });
    await bus.subscribePartition({ topic, partition: 0, reader: 'test', handler });
  }
  const leases = memoryLeases(keys);
  const granted: string[] = [];
  const artifacts = memoryArtifacts();
  await artifacts.put(bundle, BUNDLE);
  const absence = { left: 0 };
  let disposals = 0;
  const startSandbox = (): Sandbox => ({
    // A process that is there.
    pid: process.pid,
    ready: Promise.resolve(),
    run,
    async [Symbol.asyncDispose]() {
      disposals++;
    },
  });
  const stop = new AbortController();
  const deaths: unknown[] = [];
  const ended = runWorker(
    {
      bus,
      leases: {
        async grant(options) {
          const lease = await leases.grant(options);
          granted.push(lease.id);
          return lease;
        },
      },
      artifacts: {
        async get(hash) {
          if (absence.left-- > 0) throw new GoboolError('GB_DOCUMENTS_UNAVAILABLE', 'away');
          return artifacts.get(hash);
        },
      },
      startSandbox,
    },
    { cpu: null, log: pino({ enabled: false }), signal: stop.signal, die: error => deaths.push(error) },
  );
  ended.catch(() => {});
  onTestFinished(async () => {
    stop.abort();
    await ended.catch(() => {});
  });

  const offers = () => keys.list(ETCD_KEYS.workers).map(({ text }) => JSON.parse(text) as WorkerOffer);
  return {
    keys,
    messages,
    deaths,
    disposals: () => disposals,
    absence,
    offers,
    ended,
    stop: () => stop.abort(),
    revoke: () => leases.revoke(granted[0] ?? ''),
    until: (type: string) => until(() => messages.some(message => message.type === type)),
    async send(slot = 0) {
      await until(() => offers().some(offer => offer.free && offer.slot === slot));
      const [{ workerId, partition } = { workerId: '', partition: 0 }] = offers();
      const spec = { kind: 'describe', bundle, limits: { ...DEFAULT_LIMITS } } as const;
      const start = { ...taskStart.example, taskId: `${taskStart.example.runId}-${slot}`, workerId, slot, spec };
      const headers = { type: taskStart.type };
      await bus.publish('tasks', [{ partition, value: encodeMessage(taskStart, start), headers }]);
    },
  };
}

test('claims a partition, offers, takes, completes, offers the next slot', async () => {
  const { send, until, messages, offers } = await open();
  await send();
  await until('task.completed.v1');
  expect(messages.map(({ type }) => type)).toEqual(['task.claimed.v1', 'result.piece.v1', 'task.completed.v1']);
  await send(1);
  expect(offers()).toHaveLength(1);
});

test('while it works its offer is not free', async () => {
  const done = Promise.withResolvers<typeof DONE>();
  const { send, until: untilSent, offers } = await open(() => done.promise);
  await send();
  await untilSent('task.claimed.v1');
  await until(() => offers()[0]?.free === false);
  done.resolve(DONE);
  await untilSent('task.completed.v1');
  await until(() => offers()[0]?.free === true && offers()[0]?.slot === 1);
});

test('a lost lease ends sandbox and process at once; what comes then is not sent', async () => {
  const done = Promise.withResolvers<typeof DONE>();
  const { send, until, revoke, deaths, disposals, messages, ended } = await open(() => done.promise);
  await send();
  await until('task.claimed.v1');
  revoke();
  expect(deaths).toMatchObject([{ code: 'GB_LEASE_LOST' }]);
  expect(disposals()).toBe(1);
  done.resolve(DONE);
  await expect(ended).rejects.toMatchObject({ code: 'GB_LEASE_LOST' });
  expect(messages.map(({ type }) => type)).toEqual(['task.claimed.v1']);
});

test('waits for artifacts that cannot be had at the moment', async () => {
  const { send, until, absence } = await open();
  absence.left = 2;
  await send();
  await until('task.completed.v1');
  expect(absence.left).toBeLessThan(0);
});

test('progress comes a few times a second at most', async () => {
  const { send, until, messages } = await open(async (_task, { onProgress }) => {
    for (let step = 0; step < 60; step++) {
      onProgress(step, 60);
      await new Promise(resolve => setTimeout(resolve, 10));
    }
    return DONE;
  });
  await send();
  await until('task.completed.v1');
  const steps = messages.filter(({ type }) => type === 'task.progress.v1').map(({ body }) => body.step);
  expect(steps.length).toBeGreaterThanOrEqual(2);
  expect(steps.length).toBeLessThanOrEqual(5);
  expect(steps[0]).toBe(0);
});

test('drains: an idle one lets go of all it has at once', async () => {
  const { offers, keys, stop, ended, disposals } = await open();
  await until(() => offers().length === 1);
  stop();
  await ended;
  expect(keys.list('/gobool/')).toEqual([]);
  expect(disposals()).toBe(1);
});

test('one that is stopped while it still starts ends, too', async () => {
  const { stop, ended, keys } = await open();
  stop();
  await ended;
  expect(keys.list('/gobool/')).toEqual([]);
});

test('waits where all partitions are taken, until one is free', async () => {
  const keys = new MemoryKeys();
  for (let i = 0; i < TASK_PARTITIONS; i++) keys.put(`${ETCD_KEYS.partitions}${i}`, '{}');
  const { offers } = await open(ON_PIECE, keys);
  await new Promise(resolve => setTimeout(resolve, 100));
  expect(offers()).toEqual([]);
  keys.delete(`${ETCD_KEYS.partitions}17`);
  await until(() => offers().length === 1);
  expect(offers()[0]?.partition).toBe(17);
});

test('a piece that the bus refuses ends its task, by no fault of its own, not the worker', async () => {
  const { send, until, messages } = await open(async () => {
    throw new GoboolError('GB_BUS_REFUSED', 'too large');
  });
  await send();
  await until('task.failed.v1');
  expect(messages.at(-1)?.body).toMatchObject({ verdict: 'WORKER', error: { code: 'GB_BUS_REFUSED' } });
  await send(1);
});
