/** How many tasks a key may have that are not over. */
import { hash as digest } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { PendingTasks, tasksOf } from '../../../../../src/cluster/services/gateway/pending-tasks.ts';
import { errorOf } from '../../../../helpers/errors.ts';
import { askAs } from '../../../../helpers/gateway/ask.ts';
import { smallGateway } from '../../../../helpers/gateway/small-gateway.ts';

const LIMITS = { barTimeoutMs: 1_000, memoryMb: 64 };

/** A command that says `tasks`, or is away. */
function commandWith(first: number | 'away') {
  const command = { tasks: first as number | 'away', asked: 0 };
  const ask = async () => {
    command.asked++;
    if (command.tasks === 'away') throw new Error('away');
    return { tasks: command.tasks };
  };
  return { command, pending: new PendingTasks({ ask }, 10) };
}

test('what command knows and what was accepted since may not be more than the limit', async () => {
  const { command, pending } = commandWith(6);
  await pending.add('k-1', 3);
  await pending.add('k-1', 1);
  const error = await errorOf(() => pending.add('k-1', 1));
  expect(error).toMatchObject({
    code: 'GB_PENDING_LIMIT',
    message: 'Key k-1 has 10 tasks that are not over, of 10 at most; this run has 1.',
  });
  expect(command.asked).toBe(1);
  await pending.add('k-2', 4);
  expect(command.asked).toBe(2);
});

test('command is asked again after a second; then its word counts', async () => {
  const now = vi.spyOn(performance, 'now');
  const { command, pending } = commandWith(0);
  now.mockReturnValue(1_000);
  await pending.add('k-1', 10);
  command.tasks = 2;
  now.mockReturnValue(1_999);
  expect((await errorOf(() => pending.add('k-1', 1))).code).toBe('GB_PENDING_LIMIT');
  now.mockReturnValue(2_000);
  await pending.add('k-1', 8);
  expect((await errorOf(() => pending.add('k-1', 1))).code).toBe('GB_PENDING_LIMIT');
  now.mockRestore();
});

test('while command is away only what was accepted here counts', async () => {
  const { pending } = commandWith('away');
  await pending.add('k-1', 9);
  expect((await errorOf(() => pending.add('k-1', 2))).code).toBe('GB_PENDING_LIMIT');
  await pending.add('k-1', 1);
});

test('a command that never answers delays a submission a little', async () => {
  const pending = new PendingTasks({ ask: () => new Promise(() => {}) }, 10);
  const startMs = performance.now();
  await pending.add('k-1', 1);
  expect(performance.now() - startMs).toBeLessThan(1_500);
});

test('a sweep has as many tasks as slices, everything else has one', () => {
  const hash = '0'.repeat(64);
  const parts = { bundle: hash, input: hash, datasets: [], limits: LIMITS };
  expect(tasksOf({ kind: 'sweep', ...parts, sets: 101, sliceSets: 10 })).toBe(11);
  expect(tasksOf({ kind: 'run', ...parts })).toBe(1);
});

test('the gateway refuses more, but not the same run again', async () => {
  const bundle = Buffer.from('bundle');
  const limits = {
    requestsPerSecond: 100,
    burst: 100,
    requests: 100,
    streams: 1,
    uploads: 1,
    downloads: 1,
    pendingTasks: 1,
  };
  const gateway = await smallGateway({ limits });
  await gateway.artifacts.put(digest('sha256', bundle), bundle);
  await gateway.command((_request, response) => response.end(JSON.stringify({ tasks: 0 })));
  const authorization = await gateway.key();
  const body = { name: 'a', spec: { kind: 'describe', bundle: digest('sha256', bundle), limits: LIMITS } };
  const submit = (key: string) => askAs(gateway, authorization, 'POST', '/v1/runs', body, { 'idempotency-key': key });
  expect([(await submit('one')).status, (await submit('one')).status]).toEqual([202, 202]);
  const refused = await submit('two');
  expect([refused.status, refused.body.code, refused.body.retryable]).toEqual([429, 'GB_PENDING_LIMIT', true]);
});
