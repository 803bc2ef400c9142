/** Streams through the gateway, from replicas of join that send what a test wants. */
import { once } from 'node:events';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { revokeKey } from '../../../../../src/cluster/services/common/api-keys.ts';
import { ask } from '../../../../helpers/gateway/ask.ts';
import { type SmallGateway, smallGateway } from '../../../../helpers/gateway/small-gateway.ts';
import { RUN, runView } from '../../../../helpers/gateway/views.ts';

const TASK = `${RUN}-3`;

interface Opened {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** A gateway and one replica that owns the run; every stream that is opened at the replica waits in `opened`. */
async function start(
  limits = {
    requestsPerSecond: 1_000,
    burst: 1_000,
    requests: 100,
    streams: 2,
    uploads: 1,
    downloads: 1,
    pendingTasks: 100,
  },
) {
  const gateway = await smallGateway({ limits });
  const authorization = await gateway.key();
  const opened: Opened[] = [];
  const stop = await gateway.join(replica(authorization.slice(10, 24), opened));
  return { gateway, authorization, opened, stop };
}

function replica(keyId: string, opened: Opened[]): RequestListener {
  return (request, response) => {
    if (!request.url?.includes('/stream')) return response.end(JSON.stringify(runView({ keyId })));
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    return opened.push({ request, response });
  };
}

async function follow({ url }: SmallGateway, authorization: string, path = `/v1/tasks/${TASK}/stream`, id = '') {
  const end = new AbortController();
  const headers = { authorization, ...(id && { 'last-event-id': id }), 'x-correlation-id': 'c1' };
  const response = await fetch(url + path, { headers, signal: end.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  return { response, read: async () => (await reader?.read())?.value, end: () => end.abort() };
}

test('opens at once, and passes on what comes as it comes', async () => {
  const { gateway, authorization, opened } = await start();
  const { response, read } = await follow(gateway, authorization, undefined, `${TASK}:7`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  expect(response.headers.get('x-correlation-id')).toBe('c1');
  expect(opened[0]?.request.url).toBe(`/tasks/${TASK}/stream`);
  expect(opened[0]?.request.headers).toMatchObject({ 'last-event-id': `${TASK}:7`, 'x-correlation-id': 'c1' });
  for (const event of ['event: progress\n\n', ': beat\n\n']) {
    opened[0]?.response.write(event);
    expect(await read()).toBe(event);
  }
  opened[0]?.response.end();
  expect(await read()).toBeUndefined();
});

test('a run has a stream too', async () => {
  const { gateway, authorization, opened } = await start();
  const { response } = await follow(gateway, authorization, `/v1/runs/${RUN}/stream`);
  expect(response.status).toBe(200);
  expect(opened[0]?.request.url).toBe(`/runs/${RUN}/stream`);
});

test('a key has one too, of all its runs', async () => {
  const { gateway, authorization, opened } = await start();
  const { response } = await follow(gateway, authorization, '/v1/stream', '1700000000000');
  expect(response.status).toBe(200);
  expect(opened[0]?.request.url).toBe(`/stream?keyId=${authorization.slice(10, 24)}`);
  expect(opened[0]?.request.headers['last-event-id']).toBe('1700000000000');
});

test('one of another key is unknown', async () => {
  const { gateway, opened } = await start();
  const { response } = await follow(gateway, await gateway.key());
  expect(response.status).toBe(404);
  expect(opened).toEqual([]);
});

test('a client that goes away ends the stream of join', async () => {
  const { gateway, authorization, opened } = await start();
  const { end } = await follow(gateway, authorization);
  const closed = once(opened[0]!.response, 'close');
  end();
  await closed;
});

test('where join dies, the stream ends, and the gateway goes on', async () => {
  const { gateway, authorization, opened, stop } = await start();
  const [first, second] = [await follow(gateway, authorization), await follow(gateway, authorization)];
  opened[0]!.request.socket.resetAndDestroy();
  expect(await first.read().catch(() => 'broken')).toBe('broken');
  stop();
  expect(await second.read().catch(() => 'broken')).toBe('broken');
  expect((await fetch(`${gateway.url}/health`)).status).toBe(200);
});

test('a gateway that stops ends its streams', async () => {
  const { gateway, authorization, opened } = await start();
  const { read } = await follow(gateway, authorization);
  const closed = once(opened[0]!.response, 'close');
  gateway.stop();
  expect(await read().catch(() => 'broken')).toBe('broken');
  await closed;
});

test('a key that is revoked or expires loses what it has open; others keep theirs', async () => {
  const { gateway, authorization, opened } = await start();
  const admin = await gateway.key({ scopes: ['admin'] });
  const expiring = await gateway.key({ scopes: ['admin'], expiresMs: Date.now() + 1_500 });
  const streams = [authorization, expiring, admin].map(key => follow(gateway, key));
  const [revoked, expired, kept] = await Promise.all(streams);
  expect(opened).toHaveLength(3);
  await revokeKey(gateway.stores, authorization.slice(10, 24));
  expect(await revoked?.read().catch(() => 'broken')).toBe('broken');
  expect(await expired?.read().catch(() => 'broken')).toBe('broken');
  opened[2]?.response.write(': beat\n\n');
  expect(await kept?.read()).toBe(': beat\n\n');
});

test('only so many are open at once', async () => {
  const { gateway, authorization } = await start();
  const [first] = [await follow(gateway, authorization), await follow(gateway, authorization)];
  expect((await follow(gateway, authorization)).response.status).toBe(429);
  first.end();
  await expect.poll(async () => (await follow(gateway, authorization)).response.status).toBe(200);
});

test('a client that does not read stops join, not the memory of the gateway', async () => {
  const { gateway, authorization, opened } = await start();
  const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1').pause();
  socket.write(`GET /v1/tasks/${TASK}/stream HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\n\r\n`);
  await expect.poll(() => opened).toHaveLength(1);
  const { response } = opened[0]!;
  const event = `data: ${'x'.repeat(100_000)}\n\n`;
  let sent = 0;
  for (let isDrained = true; isDrained && sent < 200e6; sent += event.length) {
    if (!response.write(event))
      isDrained = await Promise.race([once(response, 'drain').then(() => true), pause(500, false)]);
  }
  expect(sent).toBeLessThan(50e6);
  socket.resume();
  await once(response, 'drain');
  socket.destroy();
});

test('only the headers of a stream cannot be had: it would go on where the client believes it to be over', async () => {
  const gateway = await smallGateway();
  const authorization = await gateway.key();
  await gateway.join((_request, response) => void response.writeHead(200).flushHeaders());
  const { status } = await ask(gateway, 'HEAD', '/v1/stream', { headers: { authorization } });
  expect(status).toBe(404);
  expect((await ask(gateway, 'GET', '/v1/workers', { headers: { authorization } })).status).toBe(200);
});
