/** One idempotency key is one submission: the same again is the same run, anything else is refused. */
import { hash as digest } from 'node:crypto';
import { expect, test } from 'vitest';
import { decodeMessage } from '../../../../../src/cluster/contracts/define-message.ts';
import { runSubmit } from '../../../../../src/cluster/contracts/messages/run-submit.ts';
import { GoboolError } from '../../../../../src/runtime/base/error.ts';
import { askAs, keyIdOf } from '../../../../helpers/gateway/ask.ts';
import { smallGateway } from '../../../../helpers/gateway/small-gateway.ts';

const BUNDLE = Buffer.from('bundle');
const LIMITS = { barTimeoutMs: 1_000, memoryMb: 64 };
const SPEC = { kind: 'describe', bundle: digest('sha256', BUNDLE), limits: LIMITS };
const OTHER = { status: 409, code: 'GB_RUN_OTHER_PAYLOAD', retryable: false };

async function started(parts: Parameters<typeof smallGateway>[0] = {}) {
  const gateway = await smallGateway(parts);
  await gateway.artifacts.put(SPEC.bundle, BUNDLE);
  const authorization = await gateway.key();
  const submit = (fields: object = {}) =>
    askAs(gateway, authorization, 'POST', '/v1/runs', { name: 'a', spec: SPEC, ...fields }, { 'idempotency-key': 'x' });
  return { gateway, authorization, submit };
}

test('another payload is refused before anything is sent; the same one gets the first answer', async () => {
  const { gateway, submit } = await started();
  const first = await submit();
  for (const fields of [{ name: 'b' }, { priority: 1 }, { spec: { ...SPEC, limits: { ...LIMITS, memoryMb: 65 } } }]) {
    const { body } = await submit(fields);
    expect(body).toMatchObject({ ...OTHER, detail: 'Something else was submitted under the idempotency key "x".' });
    expect(body.hint).toBe('Submit it under another idempotency key.');
  }
  expect(gateway.commands).toHaveLength(1);
  expect((await submit()).body).toEqual(first.body);
});

test('of two that come at once, one is refused', async () => {
  const { gateway, submit } = await started();
  const answers = await Promise.all(['a', 'b'].map(name => submit({ name })));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 409]);
  expect(gateway.commands).toHaveLength(1);
});

test('what another gateway took is known from command, also at the limit of its key', async () => {
  const { gateway: first, submit } = await started();
  const { body } = await submit();
  const { payloadHash } = decodeMessage(runSubmit, first.commands[0]!.value);
  const second = await smallGateway();
  await second.artifacts.put(SPEC.bundle, BUNDLE);
  // Another key than that of the first gateway, so another id: command is asked for it all the same.
  const authorization = await second.key();
  const asked: (string | undefined)[] = [];
  await second.command(({ url }, response) => {
    asked.push(url);
    const tasks = 20_000;
    response.end(JSON.stringify(url?.startsWith('/runs/') ? { keyId: 'k-1', payloadHash } : { tasks }));
  });
  const again = (name: string) =>
    askAs(second, authorization, 'POST', '/v1/runs', { name, spec: SPEC }, { 'idempotency-key': 'x' });
  const runId = `r-${digest('sha256', `${keyIdOf(authorization)}\nx`).slice(0, 24)}`;
  expect((await again('b')).body).toMatchObject(OTHER);
  expect(second.commands).toEqual([]);
  expect((await again('a')).body).toEqual({ ...body, runId });
  expect(asked).toEqual([`/runs/${runId}`, `/runs/${runId}`]);
});

test('while command is away or silent, runs are taken still', async () => {
  const { gateway, submit } = await started();
  await gateway.command(() => {});
  expect((await submit()).status).toBe(202);
});

test.each([
  ['GB_BUS_UNAVAILABLE', 503, 409],
  ['GB_BUS_REFUSED', 500, 202],
] as const)('a payload that Kafka answered with %s may be there, or is not', async (code, firstStatus, thenStatus) => {
  const { bus } = await smallGateway();
  let isFirst = true;
  const { submit } = await started({
    bus: {
      ...bus,
      async publish() {
        if (isFirst) {
          isFirst = false;
          throw new GoboolError(code, 'no');
        }
      },
    },
  });
  expect((await submit()).status).toBe(firstStatus);
  expect((await submit({ name: 'b' })).status).toBe(thenStatus);
});
