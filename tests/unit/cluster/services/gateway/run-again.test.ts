/** `POST /runs/:runId/retry`. */
import { hash as digest } from 'node:crypto';
import { expect, test } from 'vitest';
import { decodeMessage } from '../../../../../src/cluster/contracts/define-message.ts';
import type { RunSummaryView } from '../../../../../src/cluster/contracts/http/run-view.ts';
import { caseResolve } from '../../../../../src/cluster/contracts/messages/case-resolve.ts';
import { runSubmit } from '../../../../../src/cluster/contracts/messages/run-submit.ts';
import { askAs, keyIdOf } from '../../../../helpers/gateway/ask.ts';
import { smallGateway } from '../../../../helpers/gateway/small-gateway.ts';
import { RUN, runView } from '../../../../helpers/gateway/views.ts';

const BUNDLE = Buffer.from('bundle');
const SPEC = { kind: 'describe', bundle: digest('sha256', BUNDLE), limits: { barTimeoutMs: 1_000, memoryMb: 64 } };
const CALLBACK = 'https://example.org/done';

/** A gateway with an owner of a run in that state. */
async function started(state: RunSummaryView['state']) {
  const gateway = await smallGateway();
  await gateway.artifacts.put(SPEC.bundle, BUNDLE);
  const owner = await gateway.key();
  const keyId = keyIdOf(owner);
  await gateway.join(({ url }, response) => {
    const submission = { runId: RUN, keyId, name: 'sma', priority: 7, spec: SPEC, callback: CALLBACK };
    response.end(JSON.stringify(url === `/runs/${RUN}/spec` ? submission : runView({ state, keyId })));
  });
  const retry = (authorization: string) =>
    askAs(gateway, authorization, 'POST', `/v1/runs/${RUN}/retry`, undefined, { 'idempotency-key': 'again' });
  return { gateway, owner, keyId, retry };
}

test.each(['completed', 'failed', 'cancelled', 'rejected'] as const)(
  'a run that is %s is submitted as it was, under another id, once',
  async state => {
    const { gateway, owner, keyId, retry } = await started(state);
    const [first, again] = [await retry(owner), await retry(await gateway.key({ scopes: ['admin'] }))];
    const runId = `r-${digest('sha256', `${keyId}\nagain`).slice(0, 24)}`;
    expect([first.status, first.body, first.headers.get('location')]).toEqual([202, { runId }, `/v1/runs/${runId}`]);
    expect(again.body).toEqual({ runId });
    const sent = gateway.commands.map(({ value }) => decodeMessage(runSubmit, value));
    const expected = { runId, keyId, name: 'sma', priority: 7, spec: SPEC, callback: CALLBACK };
    expect(sent).toEqual([expect.objectContaining(expected), expect.objectContaining(expected)]);
  },
);

test('of a run in the hospital the open cases are retried, page after page', async () => {
  const { gateway, owner, keyId, retry } = await started('hospital');
  const ids = Array.from({ length: 2_500 }, (_, n) => `c-${n.toString(16).padStart(24, '0')}`);
  await gateway.command(({ url = '' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://command');
    const left = pathname === `/runs/${RUN}/open-cases` ? ids.filter(id => id > searchParams.get('after')!) : [];
    response.end(JSON.stringify({ caseIds: left.slice(0, 1_000), isAll: left.length < 1_000 }));
  });
  const { status, body } = await retry(owner);
  expect([status, body]).toEqual([202, { runId: RUN }]);
  expect(gateway.commands.map(({ value }) => decodeMessage(caseResolve, value))).toEqual(
    ids.map(caseId => ({ caseId, keyId, action: 'retry' })),
  );
});

test('one that is not over is refused, and one of another key is unknown', async () => {
  const { gateway, owner, retry } = await started('running');
  const going = await retry(owner);
  expect([going.status, going.body.code]).toEqual([409, 'GB_RUN_GOING']);
  expect((await retry(await gateway.key())).body.code).toBe('GB_RUN_UNKNOWN');
  expect(gateway.commands).toEqual([]);
});
