/** `GET /runs/:runId/wait`. */
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import type { RunSummaryView } from '../../../../../src/cluster/contracts/http/run-view.ts';
import { revokeKey } from '../../../../../src/cluster/services/common/api-keys.ts';
import { askAs, keyIdOf } from '../../../../helpers/gateway/ask.ts';
import { smallGateway } from '../../../../helpers/gateway/small-gateway.ts';
import { RUN, runView } from '../../../../helpers/gateway/views.ts';

/** A run that is whatever `run` says, with the streams of it that are open. */
async function started() {
  const gateway = await smallGateway();
  const owner = await gateway.key();
  const run: { state: RunSummaryView['state'] } = { state: 'running' };
  const streams: ServerResponse[] = [];
  const join = () =>
    gateway.join(({ url }, response) => {
      if (!url?.endsWith('/stream')) return response.end(JSON.stringify(runView({ ...run, keyId: keyIdOf(owner) })));
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('event: run\ndata: {}\n\n');
      return streams.push(response);
    });
  const wait = (query = '') => askAs(gateway, owner, 'GET', `/v1/runs/${RUN}/wait${query}`);
  return { gateway, owner, run, streams, join, wait };
}

test('is answered when the run is over', async () => {
  const { run, streams, join, wait } = await started();
  await join();
  const waiting = wait();
  await expect.poll(() => streams).toHaveLength(1);
  run.state = 'completed';
  streams[0]?.end('event: end\ndata: {"state":"completed"}\n\n');
  expect((await waiting).body).toMatchObject({ runId: RUN, state: 'completed' });
});

test('is answered when the time is up, and lets join go', async () => {
  const { streams, join, wait } = await started();
  await join();
  const waiting = wait('?timeoutMs=300');
  await expect.poll(() => streams).toHaveLength(1);
  const closed = once(streams[0]!, 'close');
  expect((await waiting).body).toMatchObject({ state: 'running' });
  await closed;
});

test('goes on with another replica where one dies', async () => {
  const { run, streams, join, wait } = await started();
  const stop = await join();
  const waiting = wait();
  await expect.poll(() => streams).toHaveLength(1);
  await join();
  stop();
  await expect.poll(() => streams).toHaveLength(2);
  run.state = 'failed';
  streams[1]?.end('event: end\ndata: {}\n\n');
  expect((await waiting).body).toMatchObject({ state: 'failed' });
});

test('is cut where the key is revoked', async () => {
  const { gateway, owner, streams, join, wait } = await started();
  await join();
  const waiting = wait().catch(() => 'cut');
  await expect.poll(() => streams).toHaveLength(1);
  await revokeKey(gateway.stores, keyIdOf(owner));
  expect(await waiting).toBe('cut');
});

test('is not longer than two minutes', async () => {
  const { wait } = await started();
  expect((await wait('?timeoutMs=120001')).body.code).toBe('GB_REQUEST_INVALID');
});
