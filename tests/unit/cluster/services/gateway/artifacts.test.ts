/** Artifacts by hash, over in-memory adapters. */
import { hash as digest } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { ask } from '../../../../helpers/gateway/ask.ts';
import { type SmallGateway, smallGateway } from '../../../../helpers/gateway/small-gateway.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const BUNDLE = Buffer.from('bundle');
const HASH = digest('sha256', BUNDLE);
const BYTES = { 'content-type': 'application/octet-stream' };

test('go up and down', async () => {
  const gateway = await smallGateway();
  const authorization = await gateway.key();
  const put = () =>
    ask(gateway, 'PUT', `/v1/artifacts/${HASH}`, { headers: { authorization, ...BYTES }, body: BUNDLE });
  const missing = async () =>
    (
      await ask(gateway, 'POST', '/v1/artifacts/missing', {
        headers: { authorization, ...JSON_TYPE },
        body: JSON.stringify({ hashes: [HASH] }),
      })
    ).body;
  const head = async () => (await ask(gateway, 'HEAD', `/v1/artifacts/${HASH}`, { headers: { authorization } })).status;
  expect([await missing(), await head()]).toEqual([{ missing: [HASH] }, 404]);
  expect([(await put()).status, (await put()).status]).toEqual([201, 200]);
  expect([await missing(), await head()]).toEqual([{ missing: [] }, 200]);
  expect((await ask(gateway, 'GET', `/v1/artifacts/${HASH}`, { headers: { authorization } })).body).toBe('bundle');
});

test('of another hash, too large, or too many at once are refused', async () => {
  const gateway = await smallGateway({
    limits: {
      requestsPerSecond: 100,
      burst: 100,
      requests: 100,
      streams: 1,
      uploads: 0,
      downloads: 1,
      pendingTasks: 100,
    },
  });
  const other = await smallGateway();
  const put = async (to: SmallGateway, body: Buffer) => {
    const headers = { authorization: await to.key(), ...BYTES };
    return (await ask(to, 'PUT', `/v1/artifacts/${HASH}`, { headers, body: new Uint8Array(body) })).body;
  };
  expect(await put(other, Buffer.from('x'))).toMatchObject({ status: 422, code: 'GB_ARTIFACT_BROKEN' });
  expect(await put(other, Buffer.alloc(64 * 2 ** 20 + 1))).toMatchObject({
    status: 413,
    code: 'GB_REQUEST_TOO_LARGE',
  });
  expect(await put(gateway, BUNDLE)).toMatchObject({ status: 429, code: 'GB_RATE_LIMIT' });
});

test('one too large is read to its end, so that who reads no answer before has it then', async () => {
  const gateway = await smallGateway();
  const size = 64 * 2 ** 20 + 1;
  const { hostname, port } = new URL(gateway.url);
  const socket = connect({ host: hostname, port: Number(port) });
  const headers = { host: hostname, authorization: await gateway.key(), ...BYTES, 'content-length': size };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.write([`PUT /v1/artifacts/${HASH} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.write(Buffer.alloc(size), () => resolve());
  });
  const [answer] = await once(socket, 'data');
  socket.destroy();
  expect(String(answer)).toMatch(/^HTTP\/1.1 413 /);
});

test('bytes are as long as an artifact only where one is stored', async () => {
  const gateway = await smallGateway();
  const headers = { authorization: await gateway.key(), ...BYTES, 'idempotency-key': 'one' };
  for (const path of ['/v1/runs', '/v1/artifacts/missing']) {
    const { status, body } = await ask(gateway, 'POST', path, { headers, body: new Uint8Array(2 ** 20) });
    expect([status, body.code]).toEqual([413, 'GB_REQUEST_TOO_LARGE']);
  }
});

test('an empty one is one too', async () => {
  const gateway = await smallGateway();
  const headers = { authorization: await gateway.key() };
  const { status } = await ask(gateway, 'PUT', `/v1/artifacts/${digest('sha256', '')}`, { headers });
  expect(status).toBe(201);
});
