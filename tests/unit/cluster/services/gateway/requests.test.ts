/** The gateway's answers, over in-memory adapters. */
import { hash as digest } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { decodeMessage } from '../../../../../src/cluster/contracts/define-message.ts';
import { runCancel } from '../../../../../src/cluster/contracts/messages/run-cancel.ts';
import { runReorder } from '../../../../../src/cluster/contracts/messages/run-reorder.ts';
import { runSubmit } from '../../../../../src/cluster/contracts/messages/run-submit.ts';
import type { RunSpec } from '../../../../../src/cluster/contracts/run-spec.ts';
import { GoboolError } from '../../../../../src/runtime/base/error.ts';
import { ask, askAs } from '../../../../helpers/gateway/ask.ts';
import { type SmallGateway, smallGateway } from '../../../../helpers/gateway/small-gateway.ts';
import { RUN, runView } from '../../../../helpers/gateway/views.ts';

const ONE = { 'idempotency-key': 'one' };
const JSON_TYPE = { 'content-type': 'application/json' };
const BUNDLE = Buffer.from('bundle');
const HASH = digest('sha256', BUNDLE);

const describeSpec = (bundle = HASH): RunSpec => ({
  kind: 'describe',
  bundle,
  limits: { barTimeoutMs: 1_000, memoryMb: 64 },
});

async function submit(gateway: SmallGateway, authorization: string, spec: unknown, more: Record<string, string> = {}) {
  const headers = { authorization, 'idempotency-key': 'one', ...JSON_TYPE, ...more };
  return ask(gateway, 'POST', '/v1/runs', { headers, body: JSON.stringify({ name: 'sma', spec }) });
}

async function withBundle() {
  const gateway = await smallGateway();
  await gateway.artifacts.put(HASH, BUNDLE);
  return { gateway, authorization: await gateway.key() };
}

describe('problems', () => {
  test('are documents with code, correlation id and what to do', async () => {
    const gateway = await smallGateway();
    const { status, headers, body } = await ask(gateway, 'GET', '/v1/nothing?a=1', {
      headers: { 'x-correlation-id': 'mine-1' },
    });
    expect(status).toBe(404);
    expect(headers.get('content-type')).toMatch('application/problem+json');
    expect(headers.get('x-correlation-id')).toBe('mine-1');
    expect(body).toEqual({
      type: 'urn:gobool:error:GB_REQUEST_UNKNOWN',
      title: 'The gateway does not know this address.',
      status: 404,
      detail: 'There is no GET /v1/nothing.',
      code: 'GB_REQUEST_UNKNOWN',
      correlationId: 'mine-1',
      retryable: false,
      hint: 'See that program and cluster are of the same version.',
    });
  });

  test('a correlation id that is none is replaced', async () => {
    const gateway = await smallGateway();
    const { body } = await ask(gateway, 'GET', '/', { headers: { 'x-correlation-id': 'a b' } });
    expect(body.correlationId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('of what went wrong inside nothing is told, but the log has it', async () => {
    const artifacts = { missing: () => Promise.reject(new TypeError('secret')) } as never;
    const gateway = await smallGateway({ artifacts });
    const { status, body } = await submit(gateway, await gateway.key(), describeSpec());
    expect(status).toBe(500);
    expect(body.code).toBe('GB_INTERNAL');
    expect(JSON.stringify(body)).not.toContain('secret');
    expect(JSON.stringify(gateway.log.filter(({ correlationId }) => correlationId === body.correlationId))).toContain(
      'secret',
    );
  });

  test.each([
    ['GB_DOCUMENTS_UNAVAILABLE', { artifacts: { missing: () => new Promise(() => {}) } }],
    ['GB_BUS_UNAVAILABLE', { artifacts: { missing: async () => [] }, bus: { publish: () => new Promise(() => {}) } }],
  ])('%s is said within 2 s of silence, too', async (code, parts) => {
    const gateway = await smallGateway(parts as never);
    const authorization = await gateway.key();
    const startMs = performance.now();
    const { status, body } = await submit(gateway, authorization, describeSpec());
    expect([status, body.code]).toEqual([503, code]);
    expect(performance.now() - startMs).toBeLessThan(5_000);
  });

  test.each(['GB_BUS_UNAVAILABLE', 'GB_DOCUMENTS_UNAVAILABLE', 'GB_ETCD_UNAVAILABLE'] as const)(
    '%s passes',
    async code => {
      const artifacts = { missing: () => Promise.reject(new GoboolError(code, 'away')) } as never;
      const gateway = await smallGateway({ artifacts });
      const { status, headers, body } = await submit(gateway, await gateway.key(), describeSpec());
      expect([status, body.code, body.retryable, headers.get('retry-after')]).toEqual([503, code, true, '1']);
    },
  );
});

describe('who asks', () => {
  test('without a key, with a wrong one, without the scope', async () => {
    const gateway = await smallGateway();
    const none = await ask(gateway, 'POST', '/v1/runs', { headers: JSON_TYPE, body: '{}' });
    expect([none.status, none.body.code, none.headers.get('www-authenticate')]).toEqual([
      401,
      'GB_KEY_INVALID',
      'Bearer',
    ]);
    const reader = await submit(gateway, await gateway.key({ scopes: ['read'] }), describeSpec());
    expect([reader.status, reader.body.code]).toEqual([403, 'GB_KEY_SCOPE']);
  });

  test('too often', async () => {
    const gateway = await smallGateway({
      limits: {
        requestsPerSecond: 0.001,
        burst: 1,
        requests: 100,
        streams: 1,
        uploads: 1,
        downloads: 1,
        pendingTasks: 100,
      },
    });
    const authorization = await gateway.key();
    const first = await ask(gateway, 'HEAD', `/v1/artifacts/${HASH}`, { headers: { authorization } });
    const second = await submit(gateway, authorization, describeSpec());
    expect([first.status, second.status, second.body.code]).toEqual([404, 429, 'GB_RATE_LIMIT']);
    expect(second.headers.get('retry-after')).toBe('1');
  });

  test('the audit log names key, request and outcome of whatever changes something or is refused, and no secret', async () => {
    const { gateway, authorization } = await withBundle();
    const { headers } = await submit(gateway, authorization, describeSpec());
    await submit(gateway, 'Bearer gb_', describeSpec());
    await ask(gateway, 'HEAD', `/v1/artifacts/${HASH}`, { headers: { authorization } });
    const audited = () => gateway.log.filter(({ log }) => log === 'audit');
    await expect.poll(audited).toHaveLength(2);
    const keyId = authorization.slice(10, 24);
    const request = { method: 'POST', url: '/v1/runs', ip: '127.0.0.1' };
    expect(audited()[0]).toMatchObject({
      ...request,
      keyId,
      status: 202,
      correlationId: headers.get('x-correlation-id'),
    });
    expect(audited()[1]).toMatchObject({ ...request, keyId: null, status: 401 });
    expect(JSON.stringify(gateway.log)).not.toContain(authorization.slice(25));
  });
});

describe('submit', () => {
  test('its message goes on in the trace of the caller, or begins one', async () => {
    const { gateway, authorization } = await withBundle();
    const given = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-00`;
    await submit(gateway, authorization, describeSpec(), { traceparent: given });
    await submit(gateway, authorization, describeSpec(), { traceparent: 'nonsense' });
    const [inTrace, inNew] = gateway.commands.map(({ headers: { traceparent } }) => traceparent);
    const spans = gateway.log.filter(({ log, method }) => log === 'audit' && method === 'POST');
    expect(spans[0]).toMatchObject({ traceId: 'a'.repeat(32), parentSpanId: 'b'.repeat(16) });
    expect(spans[0]?.durationMs).toBeGreaterThan(0);
    expect(inTrace).toBe(`00-${'a'.repeat(32)}-${spans[0]?.spanId}-01`);
    expect(spans[1]).toMatchObject({ parentSpanId: null });
    expect(inNew).toBe(`00-${spans[1]?.traceId}-${spans[1]?.spanId}-01`);
  });

  test('puts the run into the log, with the correlation id, and shows it at once', async () => {
    const { gateway, authorization } = await withBundle();
    await gateway.join((_request, response) => response.writeHead(404).end('{}'));
    const { status, body } = await submit(
      gateway,
      authorization,
      { ...describeSpec(), more: 1 },
      { 'x-correlation-id': 'c1' },
    );
    expect(status).toBe(202);
    const keyId = authorization.slice(10, 24);
    expect(body.runId).toBe(`r-${digest('sha256', `${keyId}\none`).slice(0, 24)}`);
    const [message] = gateway.commands;
    expect(message).toMatchObject({ key: body.runId, headers: { type: 'run.submit.v1', 'correlation-id': 'c1' } });
    expect(decodeMessage(runSubmit, message!.value)).toMatchObject({
      runId: body.runId,
      keyId,
      name: 'sma',
      priority: 0,
    });
    expect(decodeMessage(runSubmit, message!.value).spec).toStrictEqual(describeSpec());
    const shown = await ask(gateway, 'GET', `/v1/runs/${body.runId}`, { headers: { authorization } });
    expect(shown.body).toMatchObject({ runId: body.runId, state: 'accepted', version: 0, kind: 'describe', keyId });
  });

  test('the same idempotency key is the same run, and equal content has an equal hash', async () => {
    const { gateway, authorization } = await withBundle();
    const { limits, bundle, kind } = describeSpec();
    const first = await submit(gateway, authorization, { kind, bundle, limits });
    const again = await submit(gateway, authorization, { limits, bundle, kind });
    const other = await submit(gateway, authorization, describeSpec(), { 'idempotency-key': 'two' });
    const foreign = await submit(gateway, await gateway.key(), describeSpec());
    expect(again.body).toEqual(first.body);
    expect(new Set([first, other, foreign].map(({ body }) => body.runId)).size).toBe(3);
    await expect.poll(() => gateway.commands).toHaveLength(4);
    expect(new Set(gateway.commands.map(({ value }) => decodeMessage(runSubmit, value).payloadHash)).size).toBe(1);
  });

  test('a deadline and an address to call go with the run', async () => {
    const { gateway, authorization } = await withBundle();
    const more = { deadlineMs: 1_900_000_000_000, callback: 'http://127.0.0.1:1/done?a=1' };
    const submitWith = (fields: object) =>
      askAs(gateway, authorization, 'POST', '/v1/runs', { name: 'sma', spec: describeSpec(), ...fields }, ONE);
    const { status, body, headers } = await submitWith(more);
    expect([status, headers.get('location')]).toEqual([202, `/v1/runs/${body.runId}`]);
    expect(decodeMessage(runSubmit, gateway.commands[0]!.value)).toMatchObject(more);
    for (const callback of ['ftp://a/', 'http://', 'file:///etc/passwd']) {
      expect((await submitWith({ callback })).body.code).toBe('GB_REQUEST_INVALID');
    }
    // Command cannot store such a time, so that the run would stay accepted for ever.
    for (const deadlineMs of [1e300, 8.64e15 + 1])
      expect((await submitWith({ deadlineMs })).body.code).toBe('GB_REQUEST_INVALID');
    expect(gateway.commands).toHaveLength(1);
  });

  test('what is not stored is named', async () => {
    const { gateway, authorization } = await withBundle();
    const [input, dataset] = [digest('sha256', 'input'), digest('sha256', 'dataset')];
    const spec = { ...describeSpec(), kind: 'run', input, datasets: [dataset, dataset] };
    const { status, body } = await submit(gateway, authorization, spec);
    expect([status, body.code, body.problems]).toEqual([422, 'GB_ARTIFACT_MISSING', [input, dataset]]);
    expect(gateway.commands).toEqual([]);
  });

  test.each([
    ['no idempotency key', { headers: { 'idempotency-key': '' }, spec: describeSpec() }, 'headers/idempotency-key'],
    ['no spec', { headers: {}, spec: undefined }, "must have required property 'spec'"],
    [
      'a number as text',
      { headers: {}, spec: { ...describeSpec(), limits: { barTimeoutMs: '1', memoryMb: 64 } } },
      'barTimeoutMs must be integer',
    ],
  ])('%s is refused', async (_what, { headers, spec }, problem) => {
    const { gateway, authorization } = await withBundle();
    const { status, body } = await submit(gateway, authorization, spec, headers as Record<string, string>);
    expect([status, body.code]).toEqual([400, 'GB_REQUEST_INVALID']);
    expect(body.problems.join('\n')).toContain(problem);
  });

  test.each([
    ['{', JSON_TYPE],
    ['<a/>', { 'content-type': 'text/xml' }],
  ])('a body %s is refused', async (body, type) => {
    const { gateway, authorization } = await withBundle();
    const answer = await ask(gateway, 'POST', '/v1/runs', { headers: { authorization, ...type }, body });
    expect([answer.status, answer.body.code]).toEqual([400, 'GB_REQUEST_INVALID']);
  });

  test('a body of more than 256 kB is refused', async () => {
    const { gateway, authorization } = await withBundle();
    const { status, body } = await submit(gateway, authorization, { ...describeSpec(), more: 'x'.repeat(300_000) });
    expect([status, body.code]).toEqual([413, 'GB_REQUEST_TOO_LARGE']);
  });
});

describe('runs', () => {
  const view = (keyId: string) => JSON.stringify(runView({ keyId }));

  test('are shown to their own key and to admins', async () => {
    const gateway = await smallGateway();
    const [owner, other, admin] = [await gateway.key(), await gateway.key(), await gateway.key({ scopes: ['admin'] })];
    await gateway.join((_request, response) => response.end(view(owner.slice(10, 24))));
    const show = async (authorization: string) =>
      ask(gateway, 'GET', `/v1/runs/${RUN}`, { headers: { authorization } });
    expect((await show(owner)).body).toMatchObject({ runId: RUN, state: 'running' });
    expect((await show(admin)).status).toBe(200);
    expect((await show(other)).body).toMatchObject({ status: 404, code: 'GB_RUN_UNKNOWN' });
  });

  test('are asked of another replica where one is gone, ill, dies or is silent', async () => {
    const gateway = await smallGateway();
    const authorization = await gateway.key();
    const stop = await gateway.join(() => {});
    stop();
    await gateway.join((_request, response) => response.writeHead(500).end());
    await gateway.join((_request, response) => response.write('{', () => response.destroy()));
    await gateway.join(() => {});
    await gateway.join(() => {});
    await gateway.join((_request, response) => response.end(view(authorization.slice(10, 24))));
    const shown = await ask(gateway, 'GET', `/v1/runs/${RUN}`, { headers: { authorization } });
    expect(shown.status).toBe(200);
  });

  test('that no replica can show in time are said to be so, soon', async () => {
    const gateway = await smallGateway();
    const authorization = await gateway.key();
    for (let replica = 0; replica < 3; replica++) await gateway.join(() => {});
    const startMs = performance.now();
    const { status, body } = await ask(gateway, 'GET', `/v1/runs/${RUN}`, { headers: { authorization } });
    expect([status, body.code, body.problems.length]).toEqual([503, 'GB_SERVICE_AWAY', 3]);
    expect(performance.now() - startMs).toBeLessThan(5_000);
  });

  test('are moved in the queue by a message under the run’s own key', async () => {
    const gateway = await smallGateway();
    const [owner, admin] = [await gateway.key(), await gateway.key({ scopes: ['admin'] })];
    await gateway.join((_request, response) => response.end(view(owner.slice(10, 24))));
    const move = (authorization: string, body: unknown) =>
      askAs(gateway, authorization, 'PATCH', `/v1/runs/${RUN}`, body);
    expect((await move(owner, { priority: 5 })).body).toEqual({ runId: RUN });
    expect((await move(admin, { to: 'front' })).status).toBe(202);
    expect((await move(await gateway.key(), { to: 'front' })).status).toBe(404);
    for (const body of [{}, { priority: 101 }, { to: 'top' }]) expect((await move(owner, body)).status).toBe(400);
    const keyId = owner.slice(10, 24);
    expect(gateway.commands.map(({ value }) => decodeMessage(runReorder, value))).toEqual([
      { runId: RUN, keyId, priority: 5 },
      { runId: RUN, keyId, to: 'front' },
    ]);
  });

  test('cannot be shown while no replica answers', async () => {
    const gateway = await smallGateway();
    const authorization = await gateway.key();
    const show = () => ask(gateway, 'GET', `/v1/runs/${RUN}`, { headers: { authorization } });
    const away = { status: 503, code: 'GB_SERVICE_AWAY', retryable: true };
    expect((await show()).body).toMatchObject({ ...away, detail: 'No replica of join is registered.' });
    await gateway.join((_request, response) => response.writeHead(503).end());
    expect((await show()).body).toMatchObject({ ...away, detail: 'No replica of join answers.' });
  });

  test('are cancelled by a message under the run’s own key, also while join is away', async () => {
    const gateway = await smallGateway();
    const [owner, admin] = [await gateway.key(), await gateway.key({ scopes: ['admin'] })];
    const cancel = (authorization: string) => ask(gateway, 'DELETE', `/v1/runs/${RUN}`, { headers: { authorization } });
    expect((await cancel(owner)).status).toBe(202);
    await gateway.join((_request, response) => response.end(view(owner.slice(10, 24))));
    expect((await cancel(admin)).status).toBe(202);
    expect((await cancel(await gateway.key())).status).toBe(404);
    const expected = { runId: RUN, keyId: owner.slice(10, 24) };
    expect(gateway.commands.map(({ value }) => decodeMessage(runCancel, value))).toEqual([expected, expected]);
  });
});

describe('health', () => {
  test('needs no key, and says what is missing', async () => {
    const checks = {
      kafka: async () => {},
      etcd: () => Promise.reject(new Error('gone')),
      join: () => new Promise(() => {}),
    };
    const ill = await ask(await smallGateway({ checks }), 'GET', '/health');
    expect(ill.body).toMatchObject({
      status: 503,
      code: 'GB_SERVICE_AWAY',
      problems: ['etcd: gone', 'join: no answer'],
    });
    const well = await ask(await smallGateway({ checks: { kafka: async () => {} } }), 'GET', '/health');
    expect([well.status, well.body]).toEqual([200, { status: 'ok' }]);
  });

  test('asks what hangs only once', async () => {
    let asked = 0;
    const gateway = await smallGateway({ checks: { kafka: () => new Promise(() => asked++) } });
    await Promise.all([1, 2, 3].map(() => ask(gateway, 'GET', '/health')));
    expect(asked).toBe(1);
  });
});
