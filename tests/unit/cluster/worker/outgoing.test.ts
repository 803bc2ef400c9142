import { pino } from 'pino';
import { expect, test } from 'vitest';
import { memoryBus } from '../../../../src/cluster/adapters/memory/bus.ts';
import { MemoryKeys } from '../../../../src/cluster/adapters/memory/memory-keys.ts';
import { memoryLeases } from '../../../../src/cluster/adapters/memory/memory-leases.ts';
import { taskProgress } from '../../../../src/cluster/contracts/messages/task-events.ts';
import type { Bus, Message } from '../../../../src/cluster/ports/bus.ts';
import { Outgoing } from '../../../../src/cluster/services/worker/outgoing.ts';
import { GoboolError } from '../../../../src/runtime/base/error.ts';
import { errorOf } from '../../../helpers/errors.ts';

/** A bus whose `publish` first asks `before`, which may throw. */
async function open(before: () => void = () => {}) {
  const bus = memoryBus();
  for (const topic of ['task-events', 'results']) bus.makeTopic(topic, 1);
  const messages: Message[] = [];
  for (const topic of ['task-events', 'results'])
    await bus.subscribePartition({ topic, partition: 0, reader: 'test', handler: message => messages.push(message) });
  const failing: Bus = {
    ...bus,
    async publish(topic, outgoing) {
      before();
      await bus.publish(topic, outgoing);
    },
  };
  const leases = memoryLeases(new MemoryKeys());
  const lease = await leases.grant({ ttlMs: 1_000 });
  const failures: unknown[] = [];
  const log = pino({ enabled: false });
  const giveUp = new AbortController();
  const fail = (error: unknown) => failures.push(error);
  const outgoing = new Outgoing({ bus: failing, lease, log, signal: giveUp.signal, fail });
  return { outgoing, messages, failures, giveUp, revoke: () => leases.revoke(lease.id) };
}

const CAUSE = { correlationId: 'c-1', traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` };
const progress = (step: number) => ({ ...taskProgress.example, step });
const away = (): never => {
  throw new GoboolError('GB_BUS_UNAVAILABLE', 'away');
};
const stepsOf = (messages: readonly Message[]) => messages.map(({ value }) => JSON.parse(value.toString()).step);

test('events go out in order with type and cause, also through an outage', async () => {
  let failuresLeft = 3;
  const { outgoing, messages, failures } = await open(() => {
    if (failuresLeft-- > 0) away();
  });
  for (let step = 0; step < 5; step++) void outgoing.event(taskProgress, progress(step), CAUSE);
  await outgoing.flushed();
  expect(stepsOf(messages)).toEqual([0, 1, 2, 3, 4]);
  expect(messages[0]).toMatchObject({
    key: taskProgress.example.taskId,
    headers: { type: 'task.progress.v1', 'correlation-id': 'c-1', traceparent: CAUSE.traceparent },
  });
  expect(failures).toEqual([]);
});

test('a piece carries its headers as text', async () => {
  const { outgoing, messages } = await open();
  const headers = { taskId: 't', runId: 'r', attempt: 2, seq: 0, hash: 'h' };
  await outgoing.piece(headers, Buffer.from([1, 2]), CAUSE);
  expect(messages[0]).toMatchObject({
    topic: 'results',
    key: 't',
    headers: {
      type: 'result.piece.v1',
      traceparent: CAUSE.traceparent,
      taskId: 't',
      runId: 'r',
      attempt: '2',
      seq: '0',
      hash: 'h',
    },
  });
  expect([...messages[0]!.value]).toEqual([1, 2]);
});

test('after the lease nothing goes out any more', async () => {
  const { outgoing, messages, failures, revoke } = await open();
  revoke();
  expect((await errorOf(() => outgoing.event(taskProgress, progress(1), CAUSE))).code).toBe('GB_LEASE_LOST');
  const headers = { taskId: 't', runId: 'r', attempt: 1, seq: 0, hash: 'h' };
  expect((await errorOf(() => outgoing.piece(headers, Buffer.alloc(1), CAUSE))).code).toBe('GB_LEASE_LOST');
  expect(messages).toEqual([]);
  expect(failures).toMatchObject([{ code: 'GB_LEASE_LOST' }]);
});

test('what the bus refuses is told once and for all; who gives up waits no longer', async () => {
  const refused = await open(() => {
    throw new GoboolError('GB_BUS_REFUSED', 'no such topic');
  });
  expect((await errorOf(() => refused.outgoing.event(taskProgress, progress(1), CAUSE))).code).toBe('GB_BUS_REFUSED');
  expect(refused.failures).toMatchObject([{ code: 'GB_BUS_REFUSED' }]);
  const waiting = await open(away);
  const sent = waiting.outgoing.event(taskProgress, progress(1), CAUSE);
  waiting.giveUp.abort(new GoboolError('GB_RUN_CANCELLED', 'enough'));
  expect((await errorOf(() => sent)).code).toBe('GB_RUN_CANCELLED');
});
