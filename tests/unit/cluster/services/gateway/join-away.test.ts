/** What is told to command while join is away: as command itself knows the run, or not at all. */
import { expect, test } from 'vitest';
import { decodeMessage } from '../../../../../src/cluster/contracts/define-message.ts';
import { runCancel } from '../../../../../src/cluster/contracts/messages/run-cancel.ts';
import { runReorder } from '../../../../../src/cluster/contracts/messages/run-reorder.ts';
import { askAs, keyIdOf } from '../../../../helpers/gateway/ask.ts';
import { smallGateway } from '../../../../helpers/gateway/small-gateway.ts';
import { RUN } from '../../../../helpers/gateway/views.ts';

/** A gateway without join; `isKnown`: command has read the run of the owner's. */
async function started(isKnown: boolean) {
  const gateway = await smallGateway();
  const [owner, admin] = [await gateway.key(), await gateway.key({ scopes: ['admin'] })];
  await gateway.command((_request, response) => {
    const origin = JSON.stringify({ keyId: keyIdOf(owner), payloadHash: 'f'.repeat(64) });
    response.writeHead(isKnown ? 200 : 404).end(isKnown ? origin : '{}');
  });
  const cancel = (authorization: string) => askAs(gateway, authorization, 'DELETE', `/v1/runs/${RUN}`);
  const move = (authorization: string) => askAs(gateway, authorization, 'PATCH', `/v1/runs/${RUN}`, { priority: 1 });
  return { gateway, owner, admin, cancel, move };
}

test('an admin cancels and moves the run of another key, and nobody else does', async () => {
  const { gateway, owner, admin, cancel, move } = await started(true);
  expect((await cancel(admin)).status).toBe(202);
  expect((await move(admin)).status).toBe(202);
  expect((await cancel(owner)).status).toBe(202);
  expect((await cancel(await gateway.key())).body).toMatchObject({ status: 404, code: 'GB_RUN_UNKNOWN' });
  const keyId = keyIdOf(owner);
  const [first, second, third] = gateway.commands.map(({ value }) => value);
  expect(decodeMessage(runCancel, first!)).toEqual({ runId: RUN, keyId });
  expect(decodeMessage(runReorder, second!)).toEqual({ runId: RUN, keyId, priority: 1 });
  expect(decodeMessage(runCancel, third!)).toEqual({ runId: RUN, keyId });
  expect(gateway.commands).toHaveLength(3);
});

test('where command does not know it either, an admin is refused instead of ignored; the owner is not', async () => {
  const { gateway, owner, admin, cancel } = await started(false);
  const { status, body } = await cancel(admin);
  expect([status, body.code, body.retryable]).toEqual([503, 'GB_SERVICE_AWAY', true]);
  expect(gateway.commands).toEqual([]);
  expect((await cancel(owner)).status).toBe(202);
  expect(decodeMessage(runCancel, gateway.commands[0]!.value)).toEqual({ runId: RUN, keyId: keyIdOf(owner) });
});
