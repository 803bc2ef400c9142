/** Which requests are sent again where one fails. */
import { expect, test } from 'vitest';
import { ClusterDesk } from '../../../../src/cluster/client/cluster-desk.ts';
import { gatewayClient } from '../../../../src/cluster/client/gateway-client.ts';
import { errorOf } from '../../../helpers/errors.ts';
import { eventServer, sendJson } from '../../../helpers/event-server.ts';

type Call = (desk: ClusterDesk) => Promise<unknown>;

const ONCE: readonly [string, Call][] = [
  ['a rebuild', desk => desk.rebuild()],
  ['a new key', desk => desk.createKey({ name: 'ci', scopes: ['read'], expiresMs: null })],
  ['a move to the front', desk => desk.moveRun('r-1', { to: 'front' })],
];

const AGAIN: readonly [string, Call][] = [
  ['a question', desk => desk.workers()],
  ['a cancel', desk => desk.cancelRun('r-1')],
  ['a retry of a case', desk => desk.resolveCase('c-1', 'retry')],
  ['a retry of a run, under its idempotency key', desk => desk.retryRun('r-1')],
];

const ANSWER = { workers: [], runId: 'r-2' };

/** Its first answer is `how`, the next one is good. */
async function failingOnce(how: number | 'breaks') {
  const server = await eventServer((_asking, response) => {
    if (server.asked.length > 1) return sendJson(response, 200, ANSWER);
    return how === 'breaks' ? void response.destroy() : sendJson(response, how, { code: 'GB_SERVICE_AWAY' });
  });
  return { desk: new ClusterDesk(server), asked: server.asked };
}

for (const how of ['breaks', 503] as const) {
  test.each(ONCE)(`%s is sent once where the answer is ${how}: it may have been done`, async (_what, call) => {
    const { desk, asked } = await failingOnce(how);
    const { code, message } = await errorOf(() => call(desk));
    expect(code).toBe(how === 503 ? 'GB_SERVICE_AWAY' : 'GB_CLUSTER_UNREACHABLE');
    expect(message.endsWith('may have been done all the same.')).toBe(how === 'breaks');
    expect(asked).toHaveLength(1);
  });

  test.each(AGAIN)(`%s is sent again where the answer is ${how}`, async (_what, call) => {
    const { desk, asked } = await failingOnce(how);
    await call(desk);
    expect(asked).toHaveLength(2);
  });
}

test('what is missing of artifacts is asked again', async () => {
  const server = await eventServer((_asking, response) =>
    server.asked.length > 1 ? sendJson(response, 200, { missing: [] }) : void response.destroy(),
  );
  await gatewayClient(server).store([]);
  expect(server.asked).toHaveLength(2);
});

test('what was refused before it was begun is sent again, whatever it is', async () => {
  const server = await eventServer((_asking, response) =>
    server.asked.length > 1
      ? sendJson(response, 201, { keyId: 'k-1', key: 'gb_' })
      : sendJson(response, 429, { code: 'GB_RATE_LIMIT' }),
  );
  await new ClusterDesk(server).createKey({ name: 'ci', scopes: ['read'], expiresMs: null });
  expect(server.asked).toHaveLength(2);
});
