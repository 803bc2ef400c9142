import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { frameArtifact, textArtifact } from '../../../../src/cluster/client/artifact.ts';
import { gatewayClient } from '../../../../src/cluster/client/gateway-client.ts';
import { errorOf } from '../../../helpers/errors.ts';
import { eventServer, sendJson } from '../../../helpers/event-server.ts';

const RUN = {
  name: 'strategy.ts',
  priority: 0,
  spec: { kind: 'describe', bundle: 'ab'.repeat(32), limits: { barTimeoutMs: 1, memoryMb: 16 } },
} as const;

describe('submitting', () => {
  test('sends one idempotency key with all its tries, and another one with each call', async () => {
    const server = await eventServer((_asking, response) => {
      if (server.asked.length === 1) return void response.destroy();
      if (server.asked.length === 2) return sendJson(response, 503, { code: 'GB_BUS_UNAVAILABLE' });
      return sendJson(response, 202, { runId: 'r-1' });
    });
    const client = gatewayClient(server);
    expect(await client.submit(RUN)).toBe('r-1');
    expect(await client.submit(RUN)).toBe('r-1');
    const keys = server.asked.map(({ headers }) => headers['idempotency-key']);
    expect(keys).toHaveLength(4);
    expect(new Set(keys.slice(0, 3)).size).toBe(1);
    expect(keys[3]).not.toBe(keys[0]);
    expect(JSON.parse(String(server.asked[2]?.body))).toEqual(RUN);
  });
});

describe('uploading', () => {
  test('sends only what the cluster does not have, once', async () => {
    const [known, fresh] = [textArtifact('known'), frameArtifact({ close: Float64Array.of(1, -0, Number.NaN) })];
    const server = await eventServer(({ path }, response) =>
      sendJson(response, 200, path.endsWith('/missing') ? { missing: [fresh.hash] } : {}),
    );
    await gatewayClient(server).store([known, fresh, fresh]);
    const [missing, put, ...others] = server.asked;
    expect(JSON.parse(String(missing?.body))).toEqual({ hashes: [known.hash, fresh.hash] });
    expect(put).toMatchObject({ method: 'PUT', path: `/v1/artifacts/${fresh.hash}`, body: Buffer.from(fresh.bytes) });
    expect(others).toEqual([]);
  });
});

test.each([
  ['a page', '<!doctype html>'],
  ['other JSON', '{"status":"ok"}'],
])('what answers with %s is no gateway', async (_what, page) => {
  const client = gatewayClient(await eventServer((_asking, response) => void response.end(page)));
  for (const call of [() => client.store([]), () => client.submit(RUN), () => client.workers()]) {
    const { code, message } = await errorOf(call);
    expect([code, message]).toEqual(['GB_CLUSTER_UNREACHABLE', expect.stringContaining('does not answer')]);
  }
});

describe('what takes long', () => {
  const BYTES = textArtifact('x'.repeat(64 * 2 ** 20));

  test('has the more time the larger it is', async () => {
    const timeout = vi.spyOn(AbortSignal, 'timeout');
    onTestFinished(() => timeout.mockRestore());
    const server = await eventServer(({ path }, response) =>
      sendJson(response, 200, path.endsWith('/missing') ? { missing: [BYTES.hash] } : {}),
    );
    await gatewayClient(server).store([BYTES]);
    const [asking = 0, upload = 0] = timeout.mock.calls.map(([ms]) => ms);
    expect(asking).toBe(30_000);
    // Over a line of 2 Mbit/s it takes more than four minutes.
    expect(upload).toBeGreaterThan(300_000);
  });

  test('and breaks then is tried again, too', async () => {
    const server = await eventServer(async ({ path }, response) => {
      if (path.endsWith('/missing')) return sendJson(response, 200, { missing: [BYTES.hash] });
      if (server.asked.length > 2) return sendJson(response, 200, {});
      await pause(5_100);
      response.destroy();
    });
    await gatewayClient(server).store([BYTES]);
    expect(server.asked).toHaveLength(3);
  });
});

describe('what a gateway refuses', () => {
  const refusal = async (status: number, body: unknown) => {
    const server = await eventServer((_asking, response) => sendJson(response, status, body));
    const error = await errorOf(() => gatewayClient(server).submit(RUN));
    return { error, asked: server.asked.length, url: server.url };
  };

  test('is the error that the program itself would throw, without another try', async () => {
    const detail = 'The run names 1 artifacts that are not stored.';
    const problem = { title: 'x', detail, code: 'GB_ARTIFACT_MISSING', problems: ['ab12'], hint: 'Again.' };
    const { error, asked } = await refusal(422, problem);
    expect(error).toMatchObject({ code: 'GB_ARTIFACT_MISSING', message: detail, problems: ['ab12'], hint: 'Again.' });
    expect(asked).toBe(1);
  });

  test('has a code of ours even where it is none of ours', async () => {
    const { error, url } = await refusal(418, { code: 'GB_OF_TOMORROW', title: 'I am new.', correlationId: 'c-1' });
    expect(error.code).toBe('GB_CLUSTER_UNREACHABLE');
    expect(error.message).toBe(`The gateway at ${url} answered 418 GB_OF_TOMORROW I am new. (request c-1).`);
  });

  test('is told as it is where it does not pass', async () => {
    const { error, asked } = await refusal(503, { code: 'GB_BUS_UNAVAILABLE', detail: 'No broker.' });
    expect(error).toMatchObject({ code: 'GB_BUS_UNAVAILABLE', message: 'No broker.' });
    expect(asked).toBeGreaterThan(3);
  });
});

test('a gateway that is not there is GB_CLUSTER_UNREACHABLE, with the reason and without the key', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  const url = `http://127.0.0.1:${port}`;
  const error = await errorOf(() => gatewayClient({ url, key: 'gb_k-1_hush' }).submit(RUN));
  expect(error.code).toBe('GB_CLUSTER_UNREACHABLE');
  expect(error.message).toBe(`The gateway at ${url} does not answer: ECONNREFUSED.`);
  expect(JSON.stringify(error)).not.toContain('hush');
});
