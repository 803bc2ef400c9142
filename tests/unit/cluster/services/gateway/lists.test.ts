/** What the gateway lists: runs of join, cases of command, workers and keys of etcd. */
import { describe, expect, test } from 'vitest';
import { decodeMessage } from '../../../../../src/cluster/contracts/define-message.ts';
import { caseResolve } from '../../../../../src/cluster/contracts/messages/case-resolve.ts';
import { askAs, keyIdOf } from '../../../../helpers/gateway/ask.ts';
import { smallGateway } from '../../../../helpers/gateway/small-gateway.ts';
import { CASE, caseDetail, RUN, runView } from '../../../../helpers/gateway/views.ts';

/** A gateway with an owner, somebody else and an admin. */
async function threeKeys() {
  const gateway = await smallGateway();
  const [owner, other, admin] = [await gateway.key(), await gateway.key(), await gateway.key({ scopes: ['admin'] })];
  return { gateway, owner, other, admin };
}

describe('runs', () => {
  async function listed() {
    const keys = await threeKeys();
    const asked: URLSearchParams[] = [];
    await keys.gateway.join((request, response) => {
      asked.push(new URL(request.url ?? '', 'http://join').searchParams);
      response.end(JSON.stringify({ runs: [{ ...runView({ keyId: keyIdOf(keys.owner) }), inner: 1 }], next: '17' }));
    });
    return { ...keys, asked };
  }

  test('are those of the key that asks, with what contracts say of them and nothing else', async () => {
    const { gateway, owner, asked } = await listed();
    const { status, body } = await askAs(gateway, owner, 'GET', '/v1/runs');
    expect([status, body]).toEqual([200, { runs: [runView({ keyId: keyIdOf(owner) })], next: '17' }]);
    expect(Object.fromEntries(asked[0] ?? [])).toEqual({ keyId: keyIdOf(owner) });
  });

  test('are filtered by join', async () => {
    const { gateway, owner, asked } = await listed();
    const filter = { state: 'running', kind: 'sweep', name: 'sma', where: 'completed>=10', before: '9', limit: '5' };
    await askAs(gateway, owner, 'GET', `/v1/runs?${new URLSearchParams(filter)}`);
    expect(Object.fromEntries(asked[0] ?? [])).toEqual({ ...filter, keyId: keyIdOf(owner) });
  });

  test('are those of all keys, or of any one, for an admin', async () => {
    const { gateway, owner, other, admin, asked } = await listed();
    const path = `/v1/runs?keyId=${keyIdOf(owner)}`;
    await askAs(gateway, admin, 'GET', '/v1/runs');
    await askAs(gateway, admin, 'GET', path);
    expect(asked.map(query => query.get('keyId'))).toEqual([null, keyIdOf(owner)]);
    expect((await askAs(gateway, owner, 'GET', path)).status).toBe(200);
    const refused = await askAs(gateway, other, 'GET', path);
    expect([refused.status, refused.body.code]).toEqual([403, 'GB_KEY_SCOPE']);
  });

  test.each([
    ['where=profit>1', 'GB_CONDITION', 'There is no "profit".'],
    ['limit=0', 'GB_REQUEST_INVALID', 'querystring/limit must be >= 1'],
    ['state=ill', 'GB_REQUEST_INVALID', 'querystring/state must be equal to one of the allowed values'],
    ['whree=a', 'GB_REQUEST_INVALID', 'querystring must NOT have additional properties'],
  ])('%s is refused', async (query, code, problem) => {
    const { gateway, owner, asked } = await listed();
    const { status, body } = await askAs(gateway, owner, 'GET', `/v1/runs?${query}`);
    expect([status, body.code]).toEqual([400, code]);
    expect(body.problems.join('\n')).toContain(problem);
    expect(asked).toEqual([]);
  });
});

test('workers are those in etcd, with what they do', async () => {
  const gateway = await smallGateway();
  const offer = { partition: 3, slot: 7, pid: 4711, cpu: 1, host: 'here' };
  const [idle, busy] = ['w-0123456789ab', 'w-aaaaaaaaaaaa'];
  await gateway.offers.put(idle, { ...offer, workerId: idle, free: true, taskId: null });
  await gateway.offers.put(busy, { ...offer, workerId: busy, free: false, taskId: `${RUN}-0`, cpu: null });
  const { body } = await askAs(gateway, await gateway.key(), 'GET', '/v1/workers');
  expect(body.workers).toEqual([
    { ...offer, workerId: busy, state: 'busy', taskId: `${RUN}-0`, cpu: null },
    { ...offer, workerId: idle, state: 'idle' },
  ]);
});

describe('keys', () => {
  const MADE = { name: 'ci', scopes: ['read'], expiresMs: null };

  test('are made, listed without their secrets, and revoked, by admins', async () => {
    const { gateway, owner, admin } = await threeKeys();
    const { status, body } = await askAs(gateway, admin, 'POST', '/v1/keys', MADE);
    expect(status).toBe(201);
    expect(body.key).toMatch(new RegExp(`^gb_${body.keyId}_[\\w-]{32}$`));
    const listed = (await askAs(gateway, admin, 'GET', '/v1/keys')).body.keys;
    expect(listed).toHaveLength(4);
    expect(listed.at(-1)).toEqual({ keyId: body.keyId, ...MADE, createdMs: expect.any(Number) });
    const made = `Bearer ${body.key}`;
    expect((await askAs(gateway, made, 'GET', '/v1/workers')).status).toBe(200);
    expect((await askAs(gateway, owner, 'DELETE', `/v1/keys/${body.keyId}`)).status).toBe(403);
    expect((await askAs(gateway, admin, 'DELETE', `/v1/keys/${body.keyId}`)).status).toBe(204);
    await expect.poll(async () => (await askAs(gateway, made, 'GET', '/v1/workers')).status).toBe(401);
    const again = await askAs(gateway, admin, 'DELETE', `/v1/keys/${body.keyId}`);
    expect([again.status, again.body.code]).toEqual([404, 'GB_KEY_UNKNOWN']);
  });

  test.each([
    ['no scope', { ...MADE, scopes: [] }],
    ['an unknown scope', { ...MADE, scopes: ['root'] }],
    ['no name', { ...MADE, name: '' }],
  ])('with %s are refused', async (_what, body) => {
    const { gateway, admin } = await threeKeys();
    const answer = await askAs(gateway, admin, 'POST', '/v1/keys', body);
    expect([answer.status, answer.body.code]).toEqual([400, 'GB_REQUEST_INVALID']);
  });
});

describe('cases', () => {
  async function hospital() {
    const keys = await threeKeys();
    const asked: string[] = [];
    const known = caseDetail({ keyId: keyIdOf(keys.owner) });
    await keys.gateway.command(({ url = '' }, response) => {
      asked.push(url);
      if (url === `/cases/${CASE}`) return response.end(JSON.stringify(known));
      if (url.startsWith('/cases?')) return response.end(JSON.stringify({ cases: [known] }));
      return response.writeHead(404).end('{}');
    });
    return { ...keys, asked, known };
  }

  test('are listed: of the own runs, of all for admins', async () => {
    const { gateway, owner, admin, asked, known } = await hospital();
    const { headers: _, body: __, ...line } = known;
    const path = `/v1/cases?state=open&runId=${RUN}&limit=5`;
    expect((await askAs(gateway, owner, 'GET', path)).body).toEqual({ cases: [line] });
    await askAs(gateway, admin, 'GET', '/v1/cases');
    expect(asked).toEqual([`/cases?state=open&runId=${RUN}&limit=5&keyId=${keyIdOf(owner)}`, '/cases']);
  });

  test('are shown and resolved by their own key and by admins', async () => {
    const { gateway, owner, other, admin, known } = await hospital();
    expect((await askAs(gateway, owner, 'GET', `/v1/cases/${CASE}`)).body).toEqual(known);
    expect((await askAs(gateway, other, 'GET', `/v1/cases/${CASE}`)).body.code).toBe('GB_CASE_UNKNOWN');
    expect((await askAs(gateway, other, 'POST', `/v1/cases/${CASE}/retry`)).status).toBe(404);
    const retried = await askAs(gateway, owner, 'POST', `/v1/cases/${CASE}/retry`);
    const discarded = await askAs(gateway, admin, 'POST', `/v1/cases/${CASE}/discard`);
    expect([retried.status, discarded.status, discarded.body]).toEqual([202, 202, { caseId: CASE }]);
    expect(gateway.commands.map(({ key, value }) => [key, decodeMessage(caseResolve, value)])).toEqual([
      [RUN, { caseId: CASE, keyId: keyIdOf(owner), action: 'retry' }],
      [RUN, { caseId: CASE, keyId: keyIdOf(admin), action: 'discard' }],
    ]);
  });

  test('cannot be shown while command is away', async () => {
    const { gateway, owner } = await threeKeys();
    const { status, body } = await askAs(gateway, owner, 'GET', '/v1/cases');
    expect([status, body.code, body.detail]).toEqual([503, 'GB_SERVICE_AWAY', 'No replica of command is registered.']);
  });
});
