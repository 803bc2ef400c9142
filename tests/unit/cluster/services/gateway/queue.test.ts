/** The queue, positions in it, and rebuilding, which command and join do. */
import type { RequestListener } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { QueueView } from '../../../../../src/cluster/contracts/http/queue-view.ts';
import type { GatewayParts } from '../../../../../src/cluster/services/gateway/gateway-parts.ts';
import { askAs, keyIdOf } from '../../../../helpers/gateway/ask.ts';
import { smallGateway } from '../../../../helpers/gateway/small-gateway.ts';
import { RUN, runView } from '../../../../helpers/gateway/views.ts';

const OTHER = 'r-aaaaaaaaaaaaaaaaaaaaaaaa';

/** A queue with somebody else's run before the owner's. */
async function started(parts: Partial<GatewayParts> = {}) {
  const gateway = await smallGateway(parts);
  const [owner, admin] = [await gateway.key(), await gateway.key({ scopes: ['admin'] })];
  const entry = { priority: 0, waiting: 3, running: 1, submittedMs: 1_700_000_000_000 };
  const queue: QueueView = {
    waiting: 6,
    running: 2,
    entries: [
      { runId: OTHER, name: 'secret', keyId: 'k-other', position: 0, ...entry },
      { runId: RUN, name: 'sma', keyId: keyIdOf(owner), position: 3, ...entry },
    ],
  };
  return { gateway, owner, admin, queue };
}

test('lists everybody, and names what the key may see', async () => {
  const { gateway, owner, admin, queue } = await started();
  await gateway.command((_request, response) => response.end(JSON.stringify(queue)));
  const [others, own] = queue.entries;
  expect((await askAs(gateway, admin, 'GET', '/v1/queue')).body).toEqual(queue);
  const seen = (await askAs(gateway, owner, 'GET', '/v1/queue')).body;
  expect(seen).toEqual({ ...queue, entries: [{ ...others, name: '' }, own] });
  expect((await askAs(gateway, owner, 'GET', '/v1/queue?limit=1')).body.entries).toHaveLength(1);
});

test('is asked for once by all who look at the same time', async () => {
  const { gateway, owner, queue } = await started();
  let asked = 0;
  await gateway.command((_request, response) => {
    asked++;
    setTimeout(() => response.end(JSON.stringify(queue)), 50);
  });
  const answers = await Promise.all(Array.from({ length: 20 }, () => askAs(gateway, owner, 'GET', '/v1/queue')));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(asked).toBeLessThan(10);
});

test('a waiting run is shown with its position now, or its last one while command is away', async () => {
  const { gateway, owner, queue } = await started();
  await gateway.join((_request, response) =>
    response.end(JSON.stringify(runView({ keyId: keyIdOf(owner), state: 'queued', position: 9 }))),
  );
  const position = async () => (await askAs(gateway, owner, 'GET', `/v1/runs/${RUN}`)).body.position;
  expect(await position()).toBe(9);
  await gateway.command((_request, response) => response.end(JSON.stringify(queue)));
  await expect.poll(position).toBe(3);
});

test('rebuilding is for admins, one service after the other, and tells what each did', async () => {
  const { gateway, owner, admin } = await started();
  const asked: string[] = [];
  const rebuilding =
    (name: string): RequestListener =>
    (request, response) => {
      asked.push(`${name} ${request.method} ${request.url}`);
      response.end(JSON.stringify({ [name]: 5, differences: [] }));
    };
  await gateway.command(rebuilding('events'));
  await gateway.join(rebuilding('tasks'));
  expect((await askAs(gateway, owner, 'POST', '/v1/rebuild')).status).toBe(403);
  const { status, body } = await askAs(gateway, admin, 'POST', '/v1/rebuild');
  expect([status, body]).toEqual([
    200,
    { command: { events: 5, differences: [] }, join: { tasks: 5, differences: [] } },
  ]);
  expect(asked).toEqual(['events POST /rebuild', 'tasks POST /rebuild']);
});

test.each([
  [200, { events: 5 }, { command: { events: 5 }, join: { events: 5 } }],
  [503, {}, { code: 'GB_SERVICE_AWAY', status: 503, retryable: true }],
])('blanks go before a rebuild that takes long, whose services answer %i', async (status, said, expected) => {
  const { gateway, admin: authorization } = await started({ silenceMs: 20 });
  const slowly: RequestListener = async (_request, response) => {
    await pause(100);
    response.writeHead(status).end(JSON.stringify(said));
  };
  await gateway.command(slowly);
  await gateway.join(slowly);
  const answer = await fetch(`${gateway.url}/v1/rebuild`, { method: 'POST', headers: { authorization } });
  const text = await answer.text();
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json']);
  expect(text).toMatch(/^ {3,20}\{/);
  expect(JSON.parse(text)).toMatchObject(expected);
});
